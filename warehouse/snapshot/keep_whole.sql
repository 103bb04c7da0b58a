-- grain: that of the view, whose rows are kept as they are now.
CREATE OR REPLACE TABLE {table} AS SELECT * FROM {view};
