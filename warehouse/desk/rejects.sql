-- grain: one row a candidate that could not be used, the latest first.
SELECT source_id, rejected_at, stage, code, detail, locator, place
FROM ops.rejects
WHERE dropped IS DISTINCT FROM true AND ($source::VARCHAR IS NULL OR source_id = $source)
ORDER BY rejected_at DESC, reject_id
LIMIT 100;
