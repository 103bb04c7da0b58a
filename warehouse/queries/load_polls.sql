-- grain: one row a poll of a source.
INSERT INTO ops.polls SELECT * FROM incoming_polls;
