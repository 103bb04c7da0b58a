-- grain: one row a gap between two polls, the latest first.
SELECT source_id, since, until, until - since AS lasted, sitemap, listed, filled, detail
FROM ops.gaps
WHERE $source::VARCHAR IS NULL OR source_id = $source
ORDER BY until DESC
LIMIT 100;
