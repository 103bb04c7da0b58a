-- grain: one row a place of datelines that the gazetteer could not resolve, or not surely.
-- kept: whole
CREATE OR REPLACE VIEW mart.unresolved_places AS
SELECT
    p.raw,
    p.qualifier_raw,
    p.method,
    count(DISTINCT v.story_id) AS stories,
    min(p.confidence) AS confidence,
    min_by(v.dateline_raw, v.version_id) AS example,
    max(v.version_at) AS last_at
FROM wire.dateline_places AS p
JOIN wire.versions AS v USING (version_id)
WHERE p.place_id IS NULL OR p.confidence < 0.7
GROUP BY p.raw, p.qualifier_raw, p.method;

COMMENT ON VIEW mart.unresolved_places IS 'One row a place of datelines that could not be resolved, or not surely: what the gazetteer lacks';
COMMENT ON COLUMN mart.unresolved_places.raw IS 'Name as printed';
COMMENT ON COLUMN mart.unresolved_places.qualifier_raw IS 'State or country as printed';
COMMENT ON COLUMN mart.unresolved_places.method IS 'What was tried: ambiguous, unknown, country …';
COMMENT ON COLUMN mart.unresolved_places.stories IS 'Stories';
COMMENT ON COLUMN mart.unresolved_places.confidence IS 'The least, 0 to 1';
COMMENT ON COLUMN mart.unresolved_places.example IS 'A dateline that has it';
COMMENT ON COLUMN mart.unresolved_places.last_at IS 'Latest of them';
