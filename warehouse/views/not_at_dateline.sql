-- grain: one row a reporter of a current story who was at a place that its dateline does not name.
-- kept: by month
CREATE OR REPLACE VIEW mart.not_at_dateline AS
SELECT b.story_id, b.version_id, b.version_at, b.month, b.agency, b.role, b.name, b.place, b.place_id, c.dateline, c.headline
FROM mart.bylines AS b
JOIN mart.current_stories AS c USING (version_id)
ANTI JOIN wire.dateline_places AS d ON d.version_id = b.version_id AND d.place_id = b.place_id
WHERE b.role IN ('reporting', 'additional_reporting') AND b.place_id IS NOT NULL AND c.dateline IS NOT NULL;

COMMENT ON VIEW mart.not_at_dateline IS 'One row a reporter who was at a place that the dateline does not name';
COMMENT ON COLUMN mart.not_at_dateline.story_id IS 'Story';
COMMENT ON COLUMN mart.not_at_dateline.version_id IS 'Its current version';
COMMENT ON COLUMN mart.not_at_dateline.version_at IS 'When that version was made';
COMMENT ON COLUMN mart.not_at_dateline.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.not_at_dateline.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.not_at_dateline.role IS 'reporting, additional_reporting';
COMMENT ON COLUMN mart.not_at_dateline.name IS 'Reporter';
COMMENT ON COLUMN mart.not_at_dateline.place IS 'Where the reporter was';
COMMENT ON COLUMN mart.not_at_dateline.place_id IS 'GeoNames id of that place';
COMMENT ON COLUMN mart.not_at_dateline.dateline IS 'Dateline as printed';
COMMENT ON COLUMN mart.not_at_dateline.headline IS 'Headline without labels';
