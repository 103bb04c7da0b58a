-- grain: one row a table or view of the database in use that says nothing of itself.
SELECT schema_name, table_name AS name, 'table' AS kind
FROM duckdb_tables()
WHERE database_name = current_database() AND comment IS NULL
UNION ALL
SELECT schema_name, view_name, 'view'
FROM duckdb_views()
WHERE database_name = current_database() AND NOT internal AND comment IS NULL;
