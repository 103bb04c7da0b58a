-- grain: one row: the earliest of the latest few runs; ids sort by time.
SELECT min(run_id) FROM (SELECT run_id FROM ops.runs ORDER BY run_id DESC LIMIT $most);
