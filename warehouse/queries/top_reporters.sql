-- grain: one row a reporter and place, the busiest first.
SELECT k.name, k.place, count(DISTINCT c.story_id) AS stories
FROM mart.current_stories AS c
JOIN wire.credits AS k USING (version_id)
WHERE k.role IN ('reporting', 'additional_reporting') AND k.entity = 'person'
GROUP BY k.name, k.place
ORDER BY stories DESC, k.name, k.place
LIMIT $most;
