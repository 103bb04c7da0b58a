-- grain: one row a source: its latest poll, when a poll last went well, and for how many polls in a row another site has answered.
WITH polled AS (
    SELECT
        source_id,
        max(polled_at) FILTER (WHERE outcome IN ('new', 'unchanged')) AS seen_at,
        max(polled_at) FILTER (WHERE detail IS DISTINCT FROM 'another site''s feed') AS ours_at,
        arg_max(
            {
                'polled_at': polled_at, 'url': url, 'outcome': outcome, 'failures': failures, 'interval_s': interval_s,
                'next_at': next_at, 'listing_sha256': listing_sha256
            },
            (polled_at, run_id)
        ) AS last
    FROM ops.polls
    WHERE polled_at <= coalesce($at, polled_at) -- a wrong clock may have stamped some later than now
    GROUP BY source_id
),
-- few polls have this detail, so this is where the work is not
strange AS (
    SELECT source_id, count(*) AS strange
    FROM ops.polls AS p
    JOIN polled AS o USING (source_id)
    WHERE p.detail = 'another site''s feed' AND (o.ours_at IS NULL OR p.polled_at > o.ours_at) AND p.polled_at <= coalesce($at, p.polled_at)
    GROUP BY source_id
)
SELECT
    source_id, last.polled_at, last.url, last.outcome, last.failures, last.interval_s, last.next_at, last.listing_sha256, seen_at,
    coalesce(strange, 0) AS strange
FROM polled
LEFT JOIN strange USING (source_id);
