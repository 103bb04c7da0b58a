-- grain: one row a run that ended.
INSERT INTO ops.run_ends BY NAME
SELECT $run_id AS run_id, $ended_at AS ended_at, $state AS state, $load_seconds AS load_seconds, $detail AS detail;
