-- grain: one row a gap between two polls of a source.
INSERT INTO ops.gaps SELECT * FROM incoming_gaps;
