-- grain: one row a place of the payloads asked for that is loaded.
SELECT i.item_id
FROM raw.items AS i
SEMI JOIN incoming_listings AS l ON l.source_id = i.source_id AND l.sha256 = i.sha256;
