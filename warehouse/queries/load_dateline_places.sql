-- grain: as wire.dateline_places.  The rows of versions that this load brings in.
INSERT INTO wire.dateline_places BY NAME
SELECT d.version_id, c.* EXCLUDE (item_id)
FROM incoming_dateline_places AS c
JOIN incoming_decisions AS d ON d.item_id = c.item_id AND d.outcome = 'version';
