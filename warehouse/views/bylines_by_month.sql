-- grain: one row a person or desk, role, place, agency and month, over the current stories.
-- kept: by month
CREATE OR REPLACE VIEW mart.bylines_by_month AS
SELECT month, agency, name, entity, role, place, place_id, count(DISTINCT story_id) AS stories, min(version_at) AS first_at, max(version_at) AS last_at
FROM mart.bylines
GROUP BY ALL;

COMMENT ON VIEW mart.bylines_by_month IS 'One row a person or desk, role, place, agency and month: who did what from where, and how often';
COMMENT ON COLUMN mart.bylines_by_month.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.bylines_by_month.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.bylines_by_month.name IS 'Person or desk';
COMMENT ON COLUMN mart.bylines_by_month.entity IS 'person, desk, initials';
COMMENT ON COLUMN mart.bylines_by_month.role IS 'reporting, editing …';
COMMENT ON COLUMN mart.bylines_by_month.place IS 'Where the person was; null if the sign-off does not say';
COMMENT ON COLUMN mart.bylines_by_month.place_id IS 'GeoNames id of the place';
COMMENT ON COLUMN mart.bylines_by_month.stories IS 'Stories so signed';
COMMENT ON COLUMN mart.bylines_by_month.first_at IS 'Earliest of them';
COMMENT ON COLUMN mart.bylines_by_month.last_at IS 'Latest of them';
