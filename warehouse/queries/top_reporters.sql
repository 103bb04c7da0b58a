-- grain: one row a person and place, the busiest first.
SELECT name, place, stories
FROM mart.credits_by_person
WHERE role IN ('reporting', 'additional_reporting') AND entity = 'person'
ORDER BY stories DESC, name, place
LIMIT $most;
