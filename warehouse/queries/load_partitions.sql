-- grain: one row a partition.
INSERT INTO ops.partitions BY NAME
SELECT p.* FROM incoming_partitions AS p
ANTI JOIN ops.partitions AS known USING (backfill_id, seq);
