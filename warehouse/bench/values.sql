-- grain: one row a question and a set of values to ask it with: common ones and rare ones, five each.
WITH places AS (
    SELECT name, country, any_value(lat) AS lat, any_value(lon) AS lon, row_number() OVER (ORDER BY sum(stories) DESC, name) AS nth
    FROM mart.dateline_map
    WHERE lat IS NOT NULL
    GROUP BY name, country
),
speakers AS (
    SELECT speaker, row_number() OVER (ORDER BY sum(quotes) DESC, speaker) AS nth
    FROM mart.quotes_by_speaker
    GROUP BY speaker
),
months AS (
    SELECT month, row_number() OVER (ORDER BY month) AS nth, count(*) OVER () AS months
    FROM (SELECT DISTINCT month FROM mart.dateline_map)
)
SELECT '01' AS question, json_object('place', name, 'country', country) AS given FROM places WHERE nth IN (1, 3, 9, 27, 60)
UNION ALL
SELECT question, json_object('since', month) FROM months, (VALUES ('02'), ('15')) AS q (question) WHERE nth IN (1, 1 + months // 4, 1 + months // 2, 1 + 3 * months // 4, months)
UNION ALL
SELECT '03', json_object('until', month) FROM months WHERE nth IN (1, 1 + months // 4, 1 + months // 2, 1 + 3 * months // 4, months)
UNION ALL
SELECT '04', json_object('headline', headline) FROM (SELECT headline FROM mart.corrections ORDER BY version_at DESC LIMIT 5)
UNION ALL
SELECT '05', json_object('at', month) FROM months WHERE nth IN (1, 1 + months // 4, 1 + months // 2, 1 + 3 * months // 4, months)
UNION ALL
SELECT '09', json_object('headline', headline) FROM (SELECT headline FROM mart.version_chains ORDER BY chain_id LIMIT 5)
UNION ALL
SELECT '10', json_object('agency', 'Reuters')
UNION ALL
SELECT '12', json_object('speaker', speaker) FROM speakers WHERE nth IN (1, 5, 50, 500, 5000)
UNION ALL
SELECT '16', json_object('lat', lat, 'lon', lon) FROM places WHERE nth IN (1, 3, 9, 27, 60);
