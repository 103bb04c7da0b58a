-- grain: one row an editor, a reporter whose story the editor edited, agency and month.
-- kept: by month
CREATE OR REPLACE VIEW mart.editors AS
SELECT e.month, e.agency, e.name AS editor, r.name AS reporter, count(DISTINCT e.story_id) AS stories
FROM mart.bylines AS e
JOIN mart.bylines AS r ON r.version_id = e.version_id AND r.role IN ('reporting', 'additional_reporting', 'writing') AND r.name <> e.name
WHERE e.role = 'editing'
GROUP BY ALL;

COMMENT ON VIEW mart.editors IS 'One row an editor, reporter, agency and month: who edits whom';
COMMENT ON COLUMN mart.editors.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.editors.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.editors.editor IS 'Who edited';
COMMENT ON COLUMN mart.editors.reporter IS 'Who reported or wrote';
COMMENT ON COLUMN mart.editors.stories IS 'Stories';
