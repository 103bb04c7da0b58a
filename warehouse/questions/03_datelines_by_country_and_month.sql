-- Datelines by country and month.
-- $until: 2026-11-01
SELECT month, country, sum(stories)::BIGINT AS datelines
FROM mart.dateline_map
WHERE month < $until
GROUP BY ALL
ORDER BY month, datelines DESC, country
LIMIT 10;
