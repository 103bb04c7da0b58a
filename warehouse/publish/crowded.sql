-- grain: one row an hour at which a slice that holds more than $most versions is to be cut: each time that it holds
-- three quarters of that.
WITH held AS (
    SELECT
        s.since,
        h.hour,
        h.counted,
        sum(h.counted) OVER (PARTITION BY s.since ORDER BY h.hour) AS upto,
        sum(h.counted) OVER (PARTITION BY s.since) AS whole
    FROM publishing.slices AS s
    JOIN publishing.hours AS h ON h.month = s.month AND h.hour >= s.since AND h.hour < s.until
)
SELECT hour
FROM held
WHERE whole > $most AND hour > since AND upto // ($most * 3 // 4) > (upto - counted) // ($most * 3 // 4)
ORDER BY hour;
