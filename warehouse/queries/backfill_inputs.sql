-- grain: one row a file that a backfill was planned over.
SELECT path, bytes, sha256
FROM ops.backfill_inputs
WHERE backfill_id = $backfill_id
ORDER BY path;
