-- grain: one row a place, the one with most datelines first.
SELECT name, country, stories
FROM mart.stories_by_place
WHERE name IS NOT NULL
ORDER BY stories DESC, name
LIMIT $most;
