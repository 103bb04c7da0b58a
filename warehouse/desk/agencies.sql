-- grain: one row an agency with current stories, that with most first.
SELECT agency, count(*) AS stories
FROM mart.current_stories
WHERE agency IS NOT NULL
GROUP BY agency
ORDER BY stories DESC, agency;
