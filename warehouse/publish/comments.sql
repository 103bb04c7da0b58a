-- grain: one row a comment on a table, a view or a column.
SELECT schema_name, table_name AS name, NULL AS column_name, comment
FROM duckdb_tables()
WHERE database_name = $database AND comment IS NOT NULL
UNION ALL
SELECT schema_name, view_name, NULL, comment
FROM duckdb_views()
WHERE database_name = $database AND NOT internal AND comment IS NOT NULL
UNION ALL
SELECT schema_name, table_name, column_name, comment
FROM duckdb_columns()
WHERE database_name = $database AND NOT internal AND comment IS NOT NULL;
