-- Other sightings of a version follow it to its new key: they were of the same printed words.
UPDATE raw.items AS i
SET story_id = m.story_id, version_id = m.version_id, outcome = 'duplicate'
FROM incoming_moved AS m
WHERE i.version_id = m.was;
