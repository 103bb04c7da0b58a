-- grain: one row an identity under which a known story came again.
INSERT INTO wire.aliases
SELECT DISTINCT i.identity_id, d.story_id
FROM incoming_items AS i
JOIN incoming_decisions AS d USING (item_id)
ANTI JOIN wire.aliases AS known USING (identity_id)
WHERE i.identity_id <> d.story_id;
