-- grain: one row a payload and source that is loaded whole.
INSERT INTO raw.loaded
SELECT l.* FROM incoming_loaded AS l
ANTI JOIN raw.loaded AS known USING (sha256, source_id);
