-- grain: one row a story that a source listed at its poll before.
SELECT DISTINCT i.source_id, i.story_id
FROM raw.items AS i
SEMI JOIN incoming_listings AS l ON l.source_id = i.source_id AND l.sha256 = i.sha256;
