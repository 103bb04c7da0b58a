-- grain: one row a partition of a backfill, and whether it is loaded.
SELECT p.seq, p.kind, p.places, p.opens_at, p.skips, p.bytes, p.stories, e.seq IS NOT NULL AS loaded
FROM ops.partitions AS p
LEFT JOIN ops.partition_ends AS e USING (backfill_id, seq)
WHERE p.backfill_id = $backfill_id
ORDER BY p.seq;
