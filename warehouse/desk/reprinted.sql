-- grain: one row a story that was reprinted, that with most copies first.
SELECT
    r.original_id,
    any_value(r.original_headline) AS headline,
    any_value(r.original_publisher) AS publisher,
    any_value(r.agency) AS agency,
    count(*) AS copies,
    count(*) FILTER (WHERE r.credited) AS credited,
    median(r.later) AS later,
    avg(r.trimmed) AS trimmed
FROM mart.reprints AS r
WHERE $agency::VARCHAR IS NULL OR r.agency = $agency
GROUP BY r.original_id
ORDER BY copies DESC, r.original_id
LIMIT 60;
