-- grain: one row a pair of kin.
INSERT INTO wire.story_links BY NAME SELECT * FROM incoming_links;
