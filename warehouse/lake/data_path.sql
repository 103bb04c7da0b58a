-- grain: one row: the folder of the lake's Parquet files, and whether it has any table yet.
SELECT data_path, EXISTS (SELECT 1 FROM duckdb_tables() WHERE database_name = 'warehouse') AS begun
FROM ducklake_settings('warehouse');
