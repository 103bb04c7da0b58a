-- grain: one row a partition that is loaded.  Loaded by two at once, it is the first one's.
INSERT INTO ops.partition_ends BY NAME
SELECT e.* FROM incoming_partition_ends AS e
ANTI JOIN ops.partition_ends AS known USING (backfill_id, seq);
