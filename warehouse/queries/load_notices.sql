-- grain: one row a notice that this load brings in, as yet without a target.
INSERT INTO wire.notices BY NAME
SELECT
    d.story_id AS notice_story, d.version_id AS notice_version, n.action, v.version_at AS noticed_at,
    v.agency, n.quoted, n.reference, n.slug, n.day, false AS held
FROM incoming_notices AS n
JOIN incoming_decisions AS d ON d.item_id = n.item_id AND d.outcome = 'version'
JOIN incoming_versions AS v ON v.item_id = n.item_id;
