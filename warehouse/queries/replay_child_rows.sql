-- grain: one row a version whose rows of a table are read otherwise now.
WITH held AS (
    SELECT c.* FROM query_table($held) AS c SEMI JOIN incoming_wanted AS w ON w.version_id = c.version_id
),
fresh AS (
    SELECT w.version_id, c.* EXCLUDE (item_id) FROM query_table($fresh) AS c JOIN incoming_wanted AS w USING (item_id)
),
was AS (
    SELECT version_id, list(h ORDER BY h.seq)::VARCHAR AS value FROM held AS h GROUP BY version_id
),
became AS (
    SELECT version_id, list(f ORDER BY f.seq)::VARCHAR AS value FROM fresh AS f GROUP BY version_id
)
SELECT version_id, w.value AS before, b.value AS after
FROM was AS w
FULL JOIN became AS b USING (version_id)
WHERE w.value IS DISTINCT FROM b.value;
