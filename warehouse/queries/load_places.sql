-- grain: one row a place that some dateline named.
INSERT INTO ref.places
SELECT p.place_id, any_value(p.name), any_value(p.admin1), any_value(p.country), any_value(p.lat), any_value(p.lon)
FROM incoming_dateline_places AS p
ANTI JOIN ref.places AS known USING (place_id)
WHERE p.place_id IS NOT NULL
GROUP BY p.place_id;
