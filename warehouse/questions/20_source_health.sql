-- The health of each source: what it listed, what came of it, how often it failed.
SELECT source_id, last_poll, listed, loaded, duplicates, rejected, failed
FROM mart.feed_health
ORDER BY source_id;
