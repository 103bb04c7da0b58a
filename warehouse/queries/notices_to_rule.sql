-- grain: one row a notice that this load brings in, or that may mean a story which it brings in.
WITH fresh AS (
    SELECT d.version_id, v.version_at, v.agency
    FROM incoming_versions AS v
    JOIN incoming_decisions AS d ON d.item_id = v.item_id AND d.outcome = 'version'
)
SELECT DISTINCT
    n.notice_story, n.notice_version, n.action, n.noticed_at, n.agency, n.quoted, n.reference, n.slug, n.day
FROM wire.notices AS n
JOIN fresh AS f
    ON f.version_id = n.notice_version
    OR (
        f.agency IS NOT DISTINCT FROM n.agency
        AND f.version_at <= n.noticed_at + INTERVAL 1 DAY
        AND f.version_at >= least(coalesce(n.day, n.noticed_at::DATE) - INTERVAL 2 DAY, n.noticed_at - INTERVAL 15 DAY)
    );
