-- grain: one row a label, or a day, that the wire can be filtered by.
WITH labelled AS (
    SELECT 'label' AS kind, label AS value, sum(stories)::BIGINT AS stories
    FROM mart.labels_by_agency
    GROUP BY label
),
days AS (
    SELECT version_at::DATE AS day, count(*) AS stories
    FROM mart.current_stories
    GROUP BY ALL
    ORDER BY day DESC
    LIMIT 400
),
choices AS (
    SELECT kind, value, stories FROM labelled
    UNION ALL
    SELECT 'day', strftime(day, '%Y-%m-%d'), stories FROM days
)
SELECT kind, value, stories
FROM choices
ORDER BY kind, CASE kind WHEN 'day' THEN value END DESC, stories DESC, value;
