-- grain: one row an address of the group that was asked before: when last, and how often in vain since it last came.
SELECT
    f.source_id,
    f.locator,
    max(f.requested_at) FILTER (WHERE f.outcome <> 'failed') AS fetched_at,
    count(*) FILTER (WHERE f.outcome = 'failed') AS failed
FROM ops.fetches AS f
SEMI JOIN incoming_locators AS l ON l.source_id = f.source_id AND l.locator = f.locator
GROUP BY f.source_id, f.locator;
