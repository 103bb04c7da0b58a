-- Every version of one story, oldest first.
-- $headline: Argentine soy growers see best crop in four years
SELECT v.relation, v.version_at, v.headline_raw, v.word_count, v.pub_status
FROM wire.versions AS v
WHERE v.story_id IN (SELECT story_id FROM wire.versions WHERE headline = $headline)
ORDER BY v.version_at, v.version_id;
