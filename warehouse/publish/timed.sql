-- grain: one row a table or view of mart, of the database in use, that has a version_at.
SELECT 'mart.' || table_name
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'mart' AND column_name = 'version_at';
