-- grain: one row a key of a version that this load brings in.  In the order of time and story: the times and
-- stories of a run of rows are then one entry each (459 bytes a story became 197), and whole pages lie
-- outside the window of a later load.
INSERT INTO wire.signatures
SELECT s.key, d.story_id, v.version_at, s.own
FROM incoming_signatures AS s
JOIN incoming_decisions AS d ON d.item_id = s.item_id AND d.outcome = 'version'
JOIN incoming_versions AS v ON v.item_id = s.item_id
ORDER BY v.version_at, d.story_id, s.key;
