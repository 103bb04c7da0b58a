-- grain: one row a sighting of an entry that was followed to its page before and has not changed.
INSERT INTO raw.items BY NAME
SELECT s.*, 'duplicate' AS outcome
FROM incoming_sightings AS s
ANTI JOIN raw.items AS known USING (item_id);
