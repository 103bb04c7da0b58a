-- grain: one row a reject whose place could be read later.
INSERT INTO ops.recoveries BY NAME
SELECT r.* FROM incoming_recoveries AS r
ANTI JOIN ops.recoveries AS known USING (reject_id);
