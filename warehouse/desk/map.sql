-- grain: one row a place in the datelines of the months asked for, that with most stories first.
SELECT
    name,
    admin1,
    country,
    any_value(lat) AS lat,
    any_value(lon) AS lon,
    sum(stories)::BIGINT AS stories,
    max(last_at) AS last_at
FROM mart.dateline_map
WHERE
    month >= $since::DATE
    AND month <= $until::DATE
    AND ($agency::VARCHAR IS NULL OR agency = $agency)
GROUP BY name, admin1, country, place_id
ORDER BY stories DESC, name
LIMIT 1000;
