-- grain: one row an outcome of a run's polls.
SELECT outcome, count(*) AS polls
FROM ops.polls
WHERE run_id = $run_id
GROUP BY outcome;
