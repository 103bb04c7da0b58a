-- The one row of ops.snapshot.
INSERT INTO ops.snapshot VALUES ($id, $made_at, $program);
