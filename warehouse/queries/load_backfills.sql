-- grain: one row a backfill.  Planned by two at once, it is the same.
INSERT INTO ops.backfills BY NAME
SELECT b.* FROM incoming_backfills AS b
ANTI JOIN ops.backfills AS known USING (backfill_id);
