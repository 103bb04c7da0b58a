-- grain: one row a sighting.  A sighting that is known stays as it was first decided.
INSERT INTO raw.items BY NAME
SELECT i.*, d.story_id, d.version_id, d.outcome
FROM incoming_items AS i
JOIN incoming_decisions AS d USING (item_id)
ANTI JOIN raw.items AS known USING (item_id);
