-- grain: that of the view, in the order of time.
SELECT * FROM {table} ORDER BY version_at, COLUMNS(*);
