-- grain: one row a change of an address's cursor.
INSERT INTO ops.cursors SELECT * FROM incoming_cursors;
