-- A comment on a column.
COMMENT ON COLUMN {table} IS {comment};
