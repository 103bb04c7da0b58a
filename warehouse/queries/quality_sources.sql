-- grain: one row a source: what it brought on each of the last so many days, oldest first, and how it stands.
WITH days AS (
    SELECT unnest(generate_series(date_trunc('day', $since::TIMESTAMPTZ), $until::TIMESTAMPTZ, INTERVAL 1 DAY)) AS day
),
brought AS (
    SELECT source_id, date_trunc('day', hour) AS day, sum(new_stories + new_versions) AS stories
    FROM mart.completeness
    GROUP BY ALL
),
sources AS (
    SELECT DISTINCT source_id FROM mart.completeness
)
SELECT
    s.source_id,
    list(coalesce(b.stories, 0)::BIGINT ORDER BY d.day) AS stories,
    any_value(h.listed) AS listed,
    any_value(h.rejected) AS rejected,
    any_value(h.fetches) AS fetches,
    any_value(h.failed) AS failed,
    any_value(h.last_poll) AS last_poll,
    any_value(h.failures_in_a_row) AS failures_in_a_row,
    any_value(h.last_new_at) AS last_new_at,
    epoch(any_value(h.median_lag)) AS lag_s
FROM sources AS s
CROSS JOIN days AS d
LEFT JOIN brought AS b ON b.source_id = s.source_id AND b.day = d.day
LEFT JOIN mart.feed_health AS h ON h.source_id = s.source_id
GROUP BY s.source_id
ORDER BY s.source_id;
