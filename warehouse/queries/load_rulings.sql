-- grain: one row a notice and target.
INSERT INTO wire.notices BY NAME SELECT * FROM incoming_rulings;
