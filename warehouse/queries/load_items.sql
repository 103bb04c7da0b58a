-- grain: one row a sighting.  A sighting that is known stays as it was first decided.
INSERT INTO raw.items
SELECT
    i.item_id, i.sha256, i.source_id, i.ordinal, i.format, i.native_id, i.identity_scheme,
    i.identity_key, i.story_id, i.version_id, d.outcome
FROM incoming_items AS i
JOIN incoming_decisions AS d USING (item_id)
ANTI JOIN raw.items AS known USING (item_id);
