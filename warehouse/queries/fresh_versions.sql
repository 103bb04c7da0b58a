-- grain: one row a version that this load brings in.
SELECT d.story_id, v.version_at
FROM incoming_versions AS v
JOIN incoming_decisions AS d ON d.item_id = v.item_id AND d.outcome = 'version';
