-- The latest usable stories with a dateline in a place.
-- $place: Rotterdam
-- $country: NL
SELECT version_at, agency, headline
FROM mart.datelines
WHERE name = $place AND country = $country
ORDER BY version_at DESC
LIMIT 20;
