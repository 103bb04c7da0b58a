-- grain: one row a run, source and batch.
INSERT INTO ops.ledger SELECT * FROM incoming_ledger;
