-- Reporters who share stories.
SELECT name, with_name, sum(stories)::BIGINT AS stories
FROM mart.reporter_pairs
GROUP BY ALL
ORDER BY stories DESC, name, with_name
LIMIT 5;
