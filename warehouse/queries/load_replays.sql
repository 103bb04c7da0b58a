-- grain: one row a transaction of a replay.
INSERT INTO ops.replays BY NAME SELECT * FROM incoming_replays;
