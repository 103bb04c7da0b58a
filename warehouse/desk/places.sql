-- grain: one row a place in the dateline of a version.
SELECT raw, name, admin1, country, method, confidence
FROM wire.dateline_places
WHERE version_id = $version
ORDER BY seq;
