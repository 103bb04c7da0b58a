-- grain: one row a file that a backfill was planned over.
INSERT INTO ops.backfill_inputs BY NAME
SELECT i.* FROM incoming_backfill_inputs AS i
ANTI JOIN ops.backfill_inputs AS known USING (backfill_id, path);
