-- grain: one row a label, agency and month, over the current stories.
-- kept: by month
CREATE OR REPLACE VIEW mart.labels_by_agency AS
SELECT date_trunc('month', c.version_at)::DATE AS month, c.agency, u.label.label AS label, count(DISTINCT c.story_id) AS stories
FROM mart.current_stories AS c, unnest(c.labels) AS u (label)
GROUP BY ALL;

COMMENT ON VIEW mart.labels_by_agency IS 'One row a headline label, agency and month: UPDATE, EXCLUSIVE, FACTBOX …';
COMMENT ON COLUMN mart.labels_by_agency.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.labels_by_agency.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.labels_by_agency.label IS 'Label without its number';
COMMENT ON COLUMN mart.labels_by_agency.stories IS 'Stories that carry it';
