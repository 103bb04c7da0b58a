-- grain: one row an address of the group that was asked before: when it last came, and how often it was asked for in vain since.
WITH asked AS (
    SELECT
        f.source_id,
        f.locator,
        f.requested_at,
        f.outcome,
        max(f.requested_at) FILTER (WHERE f.outcome <> 'failed') OVER (PARTITION BY f.source_id, f.locator) AS came_at
    FROM ops.fetches AS f
    SEMI JOIN incoming_locators AS l ON l.source_id = f.source_id AND l.locator = f.locator
)
SELECT
    source_id,
    locator,
    any_value(came_at) AS fetched_at,
    count(*) FILTER (WHERE outcome = 'failed' AND (came_at IS NULL OR requested_at > came_at)) AS failed
FROM asked
GROUP BY source_id, locator;
