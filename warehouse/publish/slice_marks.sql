-- grain: one row a slice that has versions: what they are like as a whole, and between which places they lie.
SELECT
    s.month,
    bit_xor(h.mark) AS mark,
    sum(h.counted) AS counted,
    s.since,
    s.until,
    min(h.first_place) AS first_place,
    max(h.last_place) AS last_place
FROM publishing.slices AS s
JOIN publishing.hours AS h ON h.month = s.month AND h.hour >= s.since AND h.hour < s.until
GROUP BY ALL
ORDER BY s.since;
