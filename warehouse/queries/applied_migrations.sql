-- grain: one row a migration that this warehouse has had.
SELECT name FROM ops.migrations;
