-- grain: one row an attempt to fetch.
INSERT INTO ops.fetches SELECT * FROM incoming_fetches;
