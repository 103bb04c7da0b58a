-- grain: as ops.issues.  The rows of versions that this load brings in.
INSERT INTO ops.issues BY NAME
SELECT d.version_id, c.* EXCLUDE (item_id)
FROM incoming_issues AS c
JOIN incoming_decisions AS d ON d.item_id = c.item_id AND d.outcome = 'version';
