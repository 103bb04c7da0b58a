-- Copies recognised, by source.
SELECT source_id, sum(stories)::BIGINT AS stories, sum(copies)::BIGINT AS copies
FROM mart.copies_by_day
GROUP BY source_id
ORDER BY copies DESC, source_id;
