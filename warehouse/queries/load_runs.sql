-- grain: one row a run.
INSERT INTO ops.runs SELECT $run_id, $command, $program, $started_at;
