-- grain: one row a backfill of a source, the latest first, and how many of its partitions are still to be loaded.
SELECT
    b.backfill_id,
    b.source_id,
    b.root,
    b.first_day,
    b.last_day,
    b.planned_at,
    count(p.seq) FILTER (WHERE e.seq IS NULL) AS left_over
FROM ops.backfills AS b
LEFT JOIN ops.partitions AS p USING (backfill_id)
LEFT JOIN ops.partition_ends AS e USING (backfill_id, seq)
GROUP BY ALL
ORDER BY b.planned_at DESC, b.backfill_id;
