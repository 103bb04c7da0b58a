-- grain: that of the view.
SELECT * FROM {table} ORDER BY ALL;
