-- grain: one row a month that is to be written: between which places of the table its rows lie; none where it has none.
SELECT m.month, min(t.rowid) AS first_place, max(t.rowid) AS last_place
FROM {table} AS t
JOIN publishing.marks AS m USING (version_id)
WHERE m.month IN (SELECT unnest($months::DATE[]))
GROUP BY m.month;
