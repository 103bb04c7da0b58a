-- Who reported from where, how often, since a day.
-- $since: 2026-05-01
SELECT name, place, sum(stories)::BIGINT AS stories
FROM mart.bylines_by_month
WHERE role IN ('reporting', 'additional_reporting') AND place IS NOT NULL AND month >= $since
GROUP BY ALL
ORDER BY stories DESC, name, place
LIMIT 10;
