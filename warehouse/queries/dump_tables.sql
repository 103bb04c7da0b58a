-- grain: one row a table of a DuckDB file that is read as a dump, with the names of its columns
SELECT
    schema_name,
    table_name,
    list(column_name ORDER BY column_index) AS column_names
FROM duckdb_columns()
WHERE
    NOT internal
    AND database_name = current_database()
    AND (schema_name, table_name) IN (
        SELECT (schema_name, table_name) FROM duckdb_tables() WHERE database_name = current_database()
    )
GROUP BY schema_name, table_name
ORDER BY schema_name, table_name;
