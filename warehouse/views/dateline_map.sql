-- grain: one row a place, agency and month, over the datelines of the current stories.
-- kept: by month
CREATE OR REPLACE VIEW mart.dateline_map AS
SELECT
    month,
    agency,
    country,
    admin1,
    name,
    place_id,
    any_value(lat ORDER BY lat, lon) AS lat,
    any_value(lon ORDER BY lat, lon) AS lon,
    count(DISTINCT story_id) AS stories,
    max(version_at) AS last_at
FROM mart.datelines
GROUP BY month, agency, country, admin1, name, place_id;

COMMENT ON VIEW mart.dateline_map IS 'One row a place, agency and month: how many stories came from there';
COMMENT ON COLUMN mart.dateline_map.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.dateline_map.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.dateline_map.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN mart.dateline_map.admin1 IS 'ISO 3166-2';
COMMENT ON COLUMN mart.dateline_map.name IS 'English name of today, else as printed';
COMMENT ON COLUMN mart.dateline_map.place_id IS 'GeoNames id';
COMMENT ON COLUMN mart.dateline_map.lat IS 'Latitude, degrees';
COMMENT ON COLUMN mart.dateline_map.lon IS 'Longitude, degrees';
COMMENT ON COLUMN mart.dateline_map.stories IS 'Stories with this place in the dateline';
COMMENT ON COLUMN mart.dateline_map.last_at IS 'Latest of them';
