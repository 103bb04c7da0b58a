-- grain: one row a source and hour in which it was polled or listed something, the latest first.
SELECT
    source_id,
    hour,
    listed,
    new_stories,
    new_versions,
    duplicates,
    rejected,
    dropped,
    polls,
    failed,
    gaps
FROM mart.completeness
WHERE $source::VARCHAR IS NULL OR source_id = $source
ORDER BY hour DESC, listed DESC, source_id
LIMIT 500;
