-- Datelines that the gazetteer could not place, or not surely.
SELECT raw, qualifier_raw, method, stories, example
FROM mart.unresolved_places
ORDER BY stories DESC, raw
LIMIT 20;
