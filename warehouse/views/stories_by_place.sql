-- grain: one row a place in the datelines of the current versions.
CREATE OR REPLACE VIEW mart.stories_by_place AS
SELECT
    coalesce(p.name, p.raw) AS name,
    p.admin1,
    p.country,
    p.place_id,
    any_value(p.lat) AS lat,
    any_value(p.lon) AS lon,
    count(DISTINCT c.story_id) AS stories,
    max(c.version_at) AS last_at
FROM mart.current_stories AS c
JOIN wire.dateline_places AS p USING (version_id)
GROUP BY coalesce(p.name, p.raw), p.admin1, p.country, p.place_id;

COMMENT ON VIEW mart.stories_by_place IS 'One row a place in datelines: how many stories came from there';
COMMENT ON COLUMN mart.stories_by_place.name IS 'English name of today, else as printed';
COMMENT ON COLUMN mart.stories_by_place.admin1 IS 'ISO 3166-2';
COMMENT ON COLUMN mart.stories_by_place.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN mart.stories_by_place.place_id IS 'GeoNames id';
COMMENT ON COLUMN mart.stories_by_place.lat IS 'Latitude';
COMMENT ON COLUMN mart.stories_by_place.lon IS 'Longitude';
COMMENT ON COLUMN mart.stories_by_place.stories IS 'Stories with this place in the dateline';
COMMENT ON COLUMN mart.stories_by_place.last_at IS 'Latest of them';
