-- grain: one row a pair of reporters who share a story, agency and month; the first by alphabet.
-- kept: by month
CREATE OR REPLACE VIEW mart.reporter_pairs AS
SELECT a.month, a.agency, a.name, b.name AS with_name, count(DISTINCT a.story_id) AS stories
FROM mart.bylines AS a
JOIN mart.bylines AS b ON b.version_id = a.version_id AND b.role IN ('reporting', 'additional_reporting') AND b.entity = 'person' AND a.name < b.name
WHERE a.role IN ('reporting', 'additional_reporting') AND a.entity = 'person'
GROUP BY ALL;

COMMENT ON VIEW mart.reporter_pairs IS 'One row a pair of reporters, agency and month: who works with whom';
COMMENT ON COLUMN mart.reporter_pairs.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.reporter_pairs.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.reporter_pairs.name IS 'One, the first by alphabet';
COMMENT ON COLUMN mart.reporter_pairs.with_name IS 'The other';
COMMENT ON COLUMN mart.reporter_pairs.stories IS 'Stories that both reported';
