-- grain: one row a row of the files.
CREATE OR REPLACE VIEW {table} AS SELECT * FROM read_parquet({files});
