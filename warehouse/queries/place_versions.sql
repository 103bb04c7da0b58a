-- The versions of stories that this load touched, in their true order, whenever they came: the first is new
-- (unless it says that the story is withdrawn, held, or a further take), each other one supersedes the one before it.
UPDATE wire.versions AS v
SET relation = p.relation, supersedes_id = p.before
FROM (
    SELECT
        version_id,
        lag(version_id) OVER timely AS before,
        CASE
            WHEN lag(version_id) OVER timely IS NULL AND declared NOT IN ('withdrawal', 'hold', 'take') THEN 'new'
            ELSE declared
        END AS relation
    FROM wire.versions
    SEMI JOIN incoming_asked AS a USING (story_id)
    WINDOW timely AS (PARTITION BY story_id ORDER BY version_at, version_id)
) AS p
WHERE v.version_id = p.version_id AND (v.relation <> p.relation OR v.supersedes_id IS DISTINCT FROM p.before);
