-- grain: one row a table or view of a catalog, and what made the view.
SELECT schema_name, table_name AS name, NULL AS made_by
FROM duckdb_tables()
WHERE database_name = 'snapshot'
UNION ALL
SELECT schema_name, view_name, sql
FROM duckdb_views()
WHERE database_name = 'snapshot' AND NOT internal;
