-- grain: one row a credit of a current story, in its sign-off or above its copy.
-- kept: by month
CREATE OR REPLACE VIEW mart.bylines AS
WITH signed AS (
    SELECT version_id, 'sign-off' AS stands, seq, role, entity, name, title, org, place, place_id, basis
    FROM wire.credits
    UNION ALL
    SELECT version_id, 'byline', seq, 'byline', entity, name, title, org, place, NULL, NULL
    FROM wire.authors
)
SELECT
    c.story_id,
    c.version_id,
    c.version_at,
    date_trunc('month', c.version_at)::DATE AS month,
    c.agency,
    c.source_id,
    k.stands,
    k.seq,
    k.role,
    k.entity,
    k.name,
    k.title,
    k.org,
    k.place,
    k.place_id,
    k.basis
FROM mart.current_stories AS c
JOIN signed AS k USING (version_id);

COMMENT ON VIEW mart.bylines IS 'One row a credit of a current story: who did what from where';
COMMENT ON COLUMN mart.bylines.story_id IS 'Story';
COMMENT ON COLUMN mart.bylines.version_id IS 'Its current version';
COMMENT ON COLUMN mart.bylines.version_at IS 'When that version was made';
COMMENT ON COLUMN mart.bylines.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.bylines.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.bylines.source_id IS 'Source that brought it';
COMMENT ON COLUMN mart.bylines.stands IS 'sign-off: below the copy; byline: above it';
COMMENT ON COLUMN mart.bylines.seq IS 'Place there, from 1';
COMMENT ON COLUMN mart.bylines.role IS 'reporting, additional_reporting, writing, editing …; byline where it stands above the copy';
COMMENT ON COLUMN mart.bylines.entity IS 'person, desk, initials';
COMMENT ON COLUMN mart.bylines.name IS 'Person or desk; mart.person_names says who is the same';
COMMENT ON COLUMN mart.bylines.title IS 'Title, if printed';
COMMENT ON COLUMN mart.bylines.org IS 'Organisation or unit, if printed';
COMMENT ON COLUMN mart.bylines.place IS 'Where the person was, as shown';
COMMENT ON COLUMN mart.bylines.place_id IS 'GeoNames id of the place';
COMMENT ON COLUMN mart.bylines.basis IS 'Why that place: explicit, group, clause, name, via';
