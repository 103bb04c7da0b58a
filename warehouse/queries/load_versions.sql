-- grain: one row a version.  Only sightings that were decided to bring a version in have one.
INSERT INTO wire.versions BY NAME
SELECT v.*, d.story_id, d.version_id, d.relation, d.supersedes_id
FROM incoming_versions AS v
JOIN incoming_decisions AS d ON d.item_id = v.item_id AND d.outcome = 'version'
ANTI JOIN wire.versions AS known ON known.version_id = d.version_id;
