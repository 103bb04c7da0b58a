-- grain: one row a source: what Prometheus is told of it; times in seconds since 1970.
WITH polled AS (
    SELECT
        source_id,
        count(*) AS polls,
        count(*) FILTER (WHERE outcome NOT IN ('new', 'unchanged')) AS failed_polls,
        epoch(max(polled_at)) AS last_poll,
        epoch(max(polled_at) FILTER (WHERE outcome IN ('new', 'unchanged'))) AS last_success
    FROM ops.polls
    GROUP BY source_id
),
gapped AS (
    SELECT source_id, count(*) AS gaps FROM ops.gaps GROUP BY source_id
)
SELECT
    h.source_id,
    coalesce(p.polls, 0) AS polls,
    coalesce(p.failed_polls, 0) AS failed_polls,
    h.fetches,
    h.failed AS failed_fetches,
    h.listed,
    h.loaded AS new,
    h.duplicates,
    h.rejected,
    h.listed - h.loaded - h.duplicates - h.rejected AS dropped,
    coalesce(g.gaps, 0) AS gaps,
    h.failures_in_a_row,
    h.retired::INTEGER AS retired,
    h.interval_s,
    p.last_poll,
    p.last_success,
    epoch(h.last_new_at) AS last_new,
    epoch(h.next_at) AS next_poll,
    epoch(h.median_lag) AS lag
FROM mart.feed_health AS h
LEFT JOIN polled AS p USING (source_id)
LEFT JOIN gapped AS g USING (source_id)
ORDER BY h.source_id;
