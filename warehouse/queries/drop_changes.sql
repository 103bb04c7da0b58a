-- The changes of stories that have another version now are worked out anew.
DELETE FROM wire.changes
WHERE version_id IN (SELECT v.version_id FROM wire.versions AS v SEMI JOIN incoming_asked AS a USING (story_id));
