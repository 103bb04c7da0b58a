-- grain: one row of a table of versions, of one month, in the order of their time.
SELECT t.*
FROM {table} AS t
JOIN publishing.marks AS m USING (version_id)
WHERE m.month = $month AND t.rowid BETWEEN $first_place AND $last_place
ORDER BY m.version_at, t.version_id, t.seq;
