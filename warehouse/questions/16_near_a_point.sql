-- Stories from within 100 km of a point.
-- $lat: 47.55
-- $lon: 9.68
SELECT round(12742 * asin(sqrt(pow(sin(radians(lat - $lat) / 2), 2) + cos(radians($lat)) * cos(radians(lat)) * pow(sin(radians(lon - $lon) / 2), 2)))) AS km, name, headline
FROM mart.datelines
-- a degree of latitude is 111 km: what the map can tell without a sine is told first
WHERE lat BETWEEN $lat - 1 AND $lat + 1 AND km < 100
ORDER BY km, headline
LIMIT 10;
