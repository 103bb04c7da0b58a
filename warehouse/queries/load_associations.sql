-- grain: as wire.associations.  The rows of versions that this load brings in.
INSERT INTO wire.associations BY NAME
SELECT d.version_id, c.* EXCLUDE (item_id)
FROM incoming_associations AS c
JOIN incoming_decisions AS d ON d.item_id = c.item_id AND d.outcome = 'version';
