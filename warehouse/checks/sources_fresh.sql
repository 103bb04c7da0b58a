-- offenders: sources whose next poll is long overdue, or that brought nothing for far longer than they ever did before.
-- alarm: worth a look, no fault of the rows
WITH polled AS (
    SELECT source_id, next_at, interval_s, polled_at
    FROM ops.polls
    QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY polled_at DESC) = 1
),
brought AS (
    SELECT source_id, loaded_at, loaded_at - lag(loaded_at) OVER (PARTITION BY source_id ORDER BY loaded_at) AS pause
    FROM ops.ledger
    WHERE
        new_stories + new_versions > 0
        AND run_id NOT IN (SELECT run_id FROM ops.runs WHERE command = 'backfill')
),
pauses AS (
    SELECT source_id, max(loaded_at) AS last_new_at, max(pause) AS longest, count(*) AS times
    FROM brought
    GROUP BY source_id
)
SELECT
    p.source_id,
    CASE WHEN p.next_at < now() - greatest(INTERVAL 1 HOUR, to_seconds(3 * p.interval_s)) THEN 'overdue' ELSE 'silent' END AS fault,
    p.polled_at,
    p.next_at,
    n.last_new_at,
    n.longest AS longest_pause
FROM polled AS p
LEFT JOIN pauses AS n USING (source_id)
WHERE
    p.next_at < now() - greatest(INTERVAL 1 HOUR, to_seconds(3 * p.interval_s))
    -- ten times news came, and never after a pause half as long: one more quiet weekend is none
    OR (n.times > 10 AND p.polled_at - n.last_new_at > greatest(INTERVAL 1 HOUR, 2 * n.longest));
