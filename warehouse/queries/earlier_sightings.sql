-- grain: one row a known version that this load has a sighting of from before we thought it came.
SELECT d.version_id, d.story_id, min(i.received_at) AS received_at, min_by(i.item_id, i.received_at) AS item_id
FROM incoming_decisions AS d
JOIN incoming_versions AS i ON i.item_id = d.item_id
JOIN wire.versions AS v ON v.version_id = d.version_id AND i.received_at < v.received_at
WHERE d.outcome = 'duplicate'
GROUP BY d.version_id, d.story_id;
