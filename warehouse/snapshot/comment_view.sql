-- A comment on a view.
COMMENT ON VIEW {table} IS {comment};
