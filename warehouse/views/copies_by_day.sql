-- grain: one row a day and source: stories that came in, and how many of them are copies of others.
-- kept: whole
CREATE OR REPLACE VIEW mart.copies_by_day AS
SELECT
    s.first_received_at::DATE AS day,
    s.source_id,
    count(*) AS stories,
    count(*) FILTER (WHERE g.original_id <> s.story_id) AS copies
FROM wire.stories AS s
LEFT JOIN wire.groups AS g ON g.story_id = s.story_id AND g.kind = 'cluster'
GROUP BY ALL;

COMMENT ON VIEW mart.copies_by_day IS 'One row a day and source: stories that came in, and how many copy another';
COMMENT ON COLUMN mart.copies_by_day.day IS 'Day (UTC) they first came in';
COMMENT ON COLUMN mart.copies_by_day.source_id IS 'Source that brought them first';
COMMENT ON COLUMN mart.copies_by_day.stories IS 'Stories';
COMMENT ON COLUMN mart.copies_by_day.copies IS 'Of these, reprints and repeats of another story';
