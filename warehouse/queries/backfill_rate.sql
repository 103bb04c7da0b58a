-- grain: one row: stories a second of the latest hundred partitions of a kind that were loaded, null if there were none.
WITH latest AS (
    SELECT e.listed, e.seconds
    FROM ops.partition_ends AS e
    JOIN ops.partitions AS p USING (backfill_id, seq)
    WHERE p.kind IN (SELECT unnest($kinds))
    ORDER BY e.ended_at DESC
    LIMIT 100
)
SELECT sum(listed) / nullif(sum(seconds), 0) AS rate FROM latest;
