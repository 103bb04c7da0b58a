-- grain: one row a version that the search index must learn: current now, and not before or by other rules.
WITH persons AS (
    SELECT version_id, list(DISTINCT name ORDER BY name) AS persons
    FROM (SELECT version_id, name FROM wire.credits UNION ALL SELECT version_id, name FROM wire.authors)
    GROUP BY version_id
),
named AS (
    SELECT version_id, list(DISTINCT place ORDER BY place) AS places
    FROM (SELECT version_id, unnest([raw, name]) AS place FROM wire.dateline_places)
    WHERE place IS NOT NULL
    GROUP BY version_id
),
countries AS (
    SELECT version_id, list(DISTINCT country ORDER BY country) AS countries
    FROM wire.dateline_places
    WHERE country IS NOT NULL
    GROUP BY version_id
)
SELECT
    v.version_id,
    v.version_at,
    v.embargo_until,
    v.agency,
    v.headline,
    v.body,
    coalesce(p.persons, []) AS persons,
    coalesce(n.places, []) AS places,
    coalesce(c.countries, []) AS countries
FROM data.versions AS v
LEFT JOIN persons AS p USING (version_id)
LEFT JOIN named AS n USING (version_id)
LEFT JOIN countries AS c USING (version_id)
ANTI JOIN (SELECT version_id, rules FROM data.before WHERE current) AS b
    ON b.version_id = v.version_id AND b.rules = v.rules
WHERE v.current;
