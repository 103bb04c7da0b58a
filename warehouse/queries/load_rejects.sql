-- grain: one row a candidate that could not be used.  Met again, it is the same row.
INSERT INTO ops.rejects BY NAME
SELECT r.* FROM incoming_rejects AS r
ANTI JOIN ops.rejects AS known USING (reject_id);
