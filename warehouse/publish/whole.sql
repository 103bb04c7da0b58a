-- grain: one row of a table that is written whole.
SELECT * FROM {table} ORDER BY ALL;
