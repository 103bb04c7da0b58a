-- grain: one row a payload and source.
INSERT INTO raw.captures BY NAME
SELECT c.* FROM incoming_captures AS c
ANTI JOIN raw.captures AS known USING (sha256, source_id);
