-- grain: one row a migration.
INSERT INTO ops.migrations VALUES ($name, now());
