-- grain: one row a source of a run: how its addresses answered.
SELECT
    source_id,
    count(*) AS polled,
    count(*) FILTER (WHERE outcome = 'unchanged') AS unchanged,
    count(*) FILTER (WHERE outcome = 'failed') AS failed
FROM ops.fetches
WHERE run_id = $run_id
GROUP BY source_id
ORDER BY source_id;
