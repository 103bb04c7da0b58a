-- A comment on a table.
COMMENT ON TABLE {table} IS {comment};
