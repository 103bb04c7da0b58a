-- grain: one row a run, the latest first, back to the one named: with its id known, no older rows are read.
SELECT run_id, command, started_at, ended_at, seconds, state, detail, sources, listed, new_stories, new_versions, duplicates, rejected
FROM mart.runs
WHERE run_id >= $first
ORDER BY run_id DESC;
