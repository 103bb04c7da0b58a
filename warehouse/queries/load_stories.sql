-- grain: one row a story.
INSERT INTO wire.stories
SELECT d.story_id, i.identity_scheme, i.identity_key, v.source_id, v.agency, v.received_at
FROM incoming_versions AS v
JOIN incoming_decisions AS d ON d.item_id = v.item_id AND d.outcome = 'version' AND d.supersedes_id IS NULL
JOIN incoming_items AS i ON i.item_id = v.item_id
ANTI JOIN wire.stories AS known ON known.story_id = d.story_id;
