-- grain: one row a version whose keys for kin are others now.  Keys do not say of which version they are: where
-- two of a story are of one time, those of both count as each one's, and more keys than it has are no difference.
WITH held AS (
    SELECT w.version_id, list_sort(list(DISTINCT (s.key, s.own))) AS keys
    FROM wire.signatures AS s
    JOIN wire.versions AS v ON v.story_id = s.story_id AND v.version_at = s.version_at
    JOIN incoming_wanted AS w ON w.version_id = v.version_id
    GROUP BY w.version_id
),
fresh AS (
    SELECT w.version_id, list_sort(list(DISTINCT (s.key, s.own))) AS keys
    FROM incoming_signatures AS s
    JOIN incoming_wanted AS w USING (item_id)
    GROUP BY w.version_id
),
twins AS (
    SELECT w.version_id
    FROM incoming_wanted AS w
    JOIN wire.versions AS v ON v.version_id = w.version_id
    JOIN wire.versions AS o ON o.story_id = v.story_id AND o.version_at = v.version_at AND o.version_id <> v.version_id
)
SELECT version_id
FROM held AS h
FULL JOIN fresh AS f USING (version_id)
WHERE
    h.keys IS DISTINCT FROM f.keys
    AND NOT (version_id IN (FROM twins) AND coalesce(list_has_all(h.keys, f.keys), f.keys IS NULL));
