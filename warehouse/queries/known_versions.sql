-- grain: one row a version of a story that the batch may have a sighting of.
SELECT v.story_id, v.version_at, v.version_id
FROM wire.versions AS v
SEMI JOIN incoming_candidates AS c ON c.story_id = v.story_id;
