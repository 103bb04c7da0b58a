-- The sightings of antedated versions: the earliest brought the version in, the others are duplicates.
UPDATE raw.items AS i
SET outcome = CASE WHEN i.item_id = v.item_id THEN 'version' ELSE 'duplicate' END
FROM incoming_earlier AS e
JOIN wire.versions AS v ON v.version_id = e.version_id
WHERE i.version_id = e.version_id;
