-- grain: one row a version of a story that the batch has a sighting of.
SELECT v.story_id, coalesce(v.updated_at, v.published_at, v.received_at) AS version_at, v.version_id
FROM wire.versions AS v
SEMI JOIN incoming_candidates AS c ON c.story_id = v.story_id;
