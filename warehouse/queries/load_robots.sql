-- grain: one row a robots.txt as fetched.
INSERT INTO ops.robots SELECT * FROM incoming_robots;
