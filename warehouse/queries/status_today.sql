-- grain: one row: the ledger since an instant.
SELECT
    count(DISTINCT source_id) AS sources,
    coalesce(sum(listed), 0)::BIGINT AS listed,
    coalesce(sum(new_stories), 0)::BIGINT AS new_stories,
    coalesce(sum(new_versions), 0)::BIGINT AS new_versions,
    coalesce(sum(duplicates), 0)::BIGINT AS duplicates,
    coalesce(sum(rejected), 0)::BIGINT AS rejected,
    coalesce(sum(dropped), 0)::BIGINT AS dropped
FROM ops.ledger
WHERE loaded_at >= $since;
