-- grain: one row a place in the datelines of the current stories.
CREATE OR REPLACE VIEW mart.stories_by_place AS
SELECT
    name,
    admin1,
    country,
    place_id,
    any_value(lat ORDER BY lat, lon) AS lat,
    any_value(lon ORDER BY lat, lon) AS lon,
    sum(stories)::BIGINT AS stories,
    max(last_at) AS last_at
FROM mart.dateline_map
GROUP BY name, admin1, country, place_id;

COMMENT ON VIEW mart.stories_by_place IS 'One row a place in datelines: how many stories came from there';
COMMENT ON COLUMN mart.stories_by_place.name IS 'English name of today, else as printed';
COMMENT ON COLUMN mart.stories_by_place.admin1 IS 'ISO 3166-2';
COMMENT ON COLUMN mart.stories_by_place.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN mart.stories_by_place.place_id IS 'GeoNames id';
COMMENT ON COLUMN mart.stories_by_place.lat IS 'Latitude';
COMMENT ON COLUMN mart.stories_by_place.lon IS 'Longitude';
COMMENT ON COLUMN mart.stories_by_place.stories IS 'Stories with this place in the dateline';
COMMENT ON COLUMN mart.stories_by_place.last_at IS 'Latest of them';
