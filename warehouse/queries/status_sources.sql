-- grain: one row a source that was ever polled: how it stood after its latest poll, and whether the next is due.
WITH polled AS (
    SELECT
        source_id,
        count(*) AS polls,
        max(polled_at) AS polled_at,
        max(polled_at) FILTER (WHERE outcome IN ('new', 'unchanged')) AS seen_at,
        arg_max(
            {'outcome': outcome, 'failures': failures, 'interval_s': interval_s, 'next_at': next_at, 'detail': detail},
            (polled_at, run_id)
        ) AS last
    FROM ops.polls
    GROUP BY source_id
)
SELECT
    source_id,
    CASE
        WHEN last.next_at IS NULL THEN 'retired'
        WHEN last.failures > 0 THEN 'failing'
        -- as the check sources_fresh has it
        WHEN last.next_at < $at - greatest(INTERVAL 1 HOUR, to_seconds(3 * last.interval_s)) THEN 'overdue'
        WHEN last.next_at <= $at THEN 'due'
        ELSE 'waiting'
    END AS state,
    polls,
    polled_at,
    seen_at,
    last.outcome AS outcome,
    last.failures AS failures,
    last.interval_s AS interval_s,
    last.next_at AS next_at,
    last.detail AS detail
FROM polled
ORDER BY source_id;
