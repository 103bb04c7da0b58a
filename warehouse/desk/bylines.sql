-- grain: one row a person or desk, the twelve with most stories first, and a month.
WITH signed AS (
    SELECT name, entity, story_id, month
    FROM mart.bylines
    WHERE
        role = $role
        AND ($agency::VARCHAR IS NULL OR agency = $agency)
        AND ($person::VARCHAR IS NULL OR contains(strip_accents(lower(name)), $person))
),
best AS (
    SELECT name, entity, count(DISTINCT story_id) AS total
    FROM signed
    GROUP BY name, entity
    ORDER BY total DESC, name
    LIMIT 12
)
SELECT b.name, b.entity, b.total, strftime(s.month, '%Y-%m') AS month, count(DISTINCT s.story_id) AS stories
FROM best AS b
JOIN signed AS s USING (name, entity)
GROUP BY ALL
ORDER BY b.total DESC, b.name, month;
