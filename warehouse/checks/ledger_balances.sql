-- offenders: batches in which listed is not the sum of what became of it.
SELECT run_id, source_id, loaded_at, listed, new_stories, new_versions, duplicates, rejected, dropped
FROM ops.ledger
WHERE listed <> new_stories + new_versions + duplicates + rejected + dropped;
