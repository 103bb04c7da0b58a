-- Who is quoted most, and how often with the name beside the words.
SELECT speaker, sum(quotes)::BIGINT AS quotes, round(sum(explicit) / sum(quotes), 2) AS explicit_share
FROM mart.quotes_by_speaker
GROUP BY speaker
ORDER BY quotes DESC, speaker
LIMIT 5;
