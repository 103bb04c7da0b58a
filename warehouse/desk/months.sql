-- grain: one row a month with stories, the latest first.
WITH months AS (
    SELECT date_trunc('month', version_at)::DATE AS month, count(*) AS stories
    FROM mart.current_stories
    GROUP BY ALL
)
SELECT strftime(month, '%Y-%m') AS month, stories FROM months ORDER BY month DESC;
