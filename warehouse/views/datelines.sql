-- grain: one row a place in the dateline of a current story.
-- kept: by month
CREATE OR REPLACE VIEW mart.datelines AS
SELECT
    c.story_id,
    c.version_id,
    c.version_at,
    date_trunc('month', c.version_at)::DATE AS month,
    c.agency,
    c.source_id,
    c.headline,
    p.seq,
    p.raw,
    coalesce(p.name, p.raw) AS name,
    p.admin1,
    p.country,
    p.place_id,
    p.lat,
    p.lon,
    p.method,
    p.confidence
FROM mart.current_stories AS c
JOIN wire.dateline_places AS p USING (version_id);

COMMENT ON VIEW mart.datelines IS 'One row a place in the dateline of a current story';
COMMENT ON COLUMN mart.datelines.story_id IS 'Story';
COMMENT ON COLUMN mart.datelines.version_id IS 'Its current version';
COMMENT ON COLUMN mart.datelines.version_at IS 'When that version was made';
COMMENT ON COLUMN mart.datelines.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.datelines.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.datelines.source_id IS 'Source that brought it';
COMMENT ON COLUMN mart.datelines.headline IS 'Headline without labels';
COMMENT ON COLUMN mart.datelines.seq IS 'Place in the dateline, from 1';
COMMENT ON COLUMN mart.datelines.raw IS 'Name as printed';
COMMENT ON COLUMN mart.datelines.name IS 'English name of today, else as printed';
COMMENT ON COLUMN mart.datelines.admin1 IS 'ISO 3166-2';
COMMENT ON COLUMN mart.datelines.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN mart.datelines.place_id IS 'GeoNames id; null if not resolved';
COMMENT ON COLUMN mart.datelines.lat IS 'Latitude, degrees';
COMMENT ON COLUMN mart.datelines.lon IS 'Longitude, degrees';
COMMENT ON COLUMN mart.datelines.method IS 'How it was resolved';
COMMENT ON COLUMN mart.datelines.confidence IS '0 to 1';
