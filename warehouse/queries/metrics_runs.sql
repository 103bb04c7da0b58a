-- grain: one row a command and end of its runs: how many, how long, and how many took at most so many seconds.
WITH ended AS (
    SELECT r.command, e.state, e.load_seconds, (epoch_us(e.ended_at) - epoch_us(r.started_at)) / 1e6 AS seconds
    FROM ops.runs AS r
    JOIN ops.run_ends AS e USING (run_id)
    WHERE e.state <> 'unrecorded'
)
SELECT
    command,
    state,
    count(*) AS runs,
    sum(seconds) AS seconds,
    sum(load_seconds) AS load_seconds,
    count(*) FILTER (WHERE seconds <= 1) AS le_1,
    count(*) FILTER (WHERE seconds <= 5) AS le_5,
    count(*) FILTER (WHERE seconds <= 15) AS le_15,
    count(*) FILTER (WHERE seconds <= 60) AS le_60,
    count(*) FILTER (WHERE seconds <= 300) AS le_300,
    count(*) FILTER (WHERE seconds <= 900) AS le_900,
    count(*) FILTER (WHERE seconds <= 3600) AS le_3600,
    count(*) FILTER (WHERE seconds <= 14400) AS le_14400
FROM ended
GROUP BY command, state
ORDER BY command, state;
