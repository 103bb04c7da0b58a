-- grain: one row if a partition is loaded, else none.
SELECT seq
FROM ops.partition_ends
WHERE backfill_id = $backfill_id AND seq = $seq;
