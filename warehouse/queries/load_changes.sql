-- grain: one row a change that a version made.
INSERT INTO wire.changes BY NAME SELECT * FROM incoming_changes;
