-- grain: one row a story and kind of group that it is in.
INSERT INTO wire.groups SELECT * FROM incoming_groups;
