-- grain: one row of a table that has instants of its own, of one month.
SELECT *
FROM {table}
WHERE {instant} >= $month::DATE AND {instant} < $month::DATE + INTERVAL 1 MONTH
ORDER BY {instant}, COLUMNS(*);
