-- grain: one row a source of a run.
SELECT
    source_id,
    sum(listed)::BIGINT AS listed,
    sum(new_stories)::BIGINT AS new_stories,
    sum(new_versions)::BIGINT AS new_versions,
    sum(duplicates)::BIGINT AS duplicates,
    sum(rejected)::BIGINT AS rejected,
    sum(dropped)::BIGINT AS dropped
FROM ops.ledger
WHERE run_id = $run_id
GROUP BY source_id
ORDER BY source_id;
