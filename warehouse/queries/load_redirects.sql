-- grain: one row a change of where an address has moved.
INSERT INTO ops.redirects SELECT * FROM incoming_redirects;
