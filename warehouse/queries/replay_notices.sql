-- grain: one row a version whose notice to editors is read otherwise now.
WITH held AS (
    SELECT DISTINCT n.notice_version AS version_id, (n.action, n.quoted, n.reference, n.slug, n.day)::VARCHAR AS value
    FROM wire.notices AS n
    SEMI JOIN incoming_wanted AS w ON w.version_id = n.notice_version
),
fresh AS (
    SELECT w.version_id, (n.action, n.quoted, n.reference, n.slug, n.day)::VARCHAR AS value
    FROM incoming_notices AS n
    JOIN incoming_wanted AS w USING (item_id)
)
SELECT version_id, h.value AS before, f.value AS after
FROM held AS h
FULL JOIN fresh AS f USING (version_id)
WHERE h.value IS DISTINCT FROM f.value;
