-- grain: as wire.authors.  The rows of versions that this load brings in.
INSERT INTO wire.authors BY NAME
SELECT d.version_id, c.* EXCLUDE (item_id)
FROM incoming_authors AS c
JOIN incoming_decisions AS d ON d.item_id = c.item_id AND d.outcome = 'version';
