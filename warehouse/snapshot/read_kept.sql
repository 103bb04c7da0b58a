-- grain: that of the table.
CREATE OR REPLACE VIEW {view} AS SELECT * FROM {table};
