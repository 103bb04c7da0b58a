-- grain: one row a story whose first version is of one month.
SELECT s.*
FROM wire.stories AS s
JOIN publishing.story_marks AS m USING (story_id)
WHERE m.month = $month AND s.rowid BETWEEN $first_place AND $last_place
ORDER BY m.version_at, s.story_id;
