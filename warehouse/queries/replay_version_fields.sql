-- grain: one row a version and column of it that is read otherwise now.
WITH held AS (
    SELECT
        v.version_id,
        COLUMNS(v.* EXCLUDE (version_id, story_id, item_id, source_id, relation, supersedes_id, received_at, rules))::VARCHAR
    FROM wire.versions AS v
    SEMI JOIN incoming_wanted AS w ON w.version_id = v.version_id
),
fresh AS (
    SELECT w.version_id, COLUMNS(v.* EXCLUDE (item_id, source_id, received_at, rules))::VARCHAR
    FROM incoming_versions AS v
    JOIN incoming_wanted AS w USING (item_id)
),
was AS (FROM held UNPIVOT INCLUDE NULLS (value FOR field IN (COLUMNS(* EXCLUDE (version_id))))),
became AS (FROM fresh UNPIVOT INCLUDE NULLS (value FOR field IN (COLUMNS(* EXCLUDE (version_id)))))
SELECT version_id, field, w.value AS before, b.value AS after
FROM was AS w
JOIN became AS b USING (version_id, field)
WHERE w.value IS DISTINCT FROM b.value;
