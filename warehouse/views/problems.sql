-- grain: one row a kind of problem and format, over the current stories.
CREATE OR REPLACE VIEW mart.problems AS
SELECT c.source_id, v.format, i.code, count(*) AS found, count(DISTINCT c.story_id) AS stories, min_by(i.detail, i.version_id) AS example
FROM mart.current_stories AS c
JOIN wire.versions AS v USING (version_id)
JOIN ops.issues AS i USING (version_id)
GROUP BY ALL;

COMMENT ON VIEW mart.problems IS 'One row a kind of problem that did not stop a story, source and format';
COMMENT ON COLUMN mart.problems.source_id IS 'Source';
COMMENT ON COLUMN mart.problems.format IS 'Format it was read as';
COMMENT ON COLUMN mart.problems.code IS 'missing_headline, dateline_bad_date, place_ambiguous …';
COMMENT ON COLUMN mart.problems.found IS 'How often';
COMMENT ON COLUMN mart.problems.stories IS 'Stories';
COMMENT ON COLUMN mart.problems.example IS 'One of the details';
