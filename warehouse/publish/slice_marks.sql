-- grain: one row a slice that has versions: what they are like as a whole, and between which places they lie.
SELECT
    s.month,
    bit_xor(m.mark) AS mark,
    count(*) AS counted,
    s.since,
    s.until,
    min(m.place) AS first_place,
    max(m.place) AS last_place
FROM slices AS s
JOIN marks AS m ON m.month = s.month AND m.version_at >= s.since AND m.version_at < s.until
GROUP BY ALL
ORDER BY s.since;
