-- grain: one row a table of the warehouse: its columns and their types.
SELECT schema_name || '.' || table_name AS name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index) AS columns
FROM duckdb_columns()
WHERE database_name = 'warehouse' AND NOT internal
GROUP BY schema_name, table_name;
