-- grain: one row a sighting in one of the listings asked for: its story, its identity and its link.
SELECT DISTINCT i.source_id, i.sha256, i.story_id, i.identity_id, v.url
FROM raw.items AS i
SEMI JOIN incoming_listings AS l ON l.source_id = i.source_id AND l.sha256 = i.sha256
LEFT JOIN wire.versions AS v ON v.version_id = i.version_id;
