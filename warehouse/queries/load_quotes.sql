-- grain: as wire.quotes.  The rows of versions that this load brings in.
INSERT INTO wire.quotes BY NAME
SELECT d.version_id, c.* EXCLUDE (item_id)
FROM incoming_quotes AS c
JOIN incoming_decisions AS d ON d.item_id = c.item_id AND d.outcome = 'version';
