-- grain: one row a key of a version that this load brings in.
INSERT INTO wire.signatures
SELECT s.key, d.story_id, v.version_at, s.own
FROM incoming_signatures AS s
JOIN incoming_decisions AS d ON d.item_id = s.item_id AND d.outcome = 'version'
JOIN incoming_versions AS v ON v.item_id = s.item_id;
