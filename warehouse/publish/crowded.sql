-- grain: one row an instant at which a slice that holds more than $most versions is to be cut.
WITH crowded AS (
    SELECT s.month, s.since, s.until
    FROM slices AS s
    JOIN marks AS m ON m.month = s.month AND m.version_at >= s.since AND m.version_at < s.until
    GROUP BY ALL
    HAVING count(*) > $most
),
counted AS (
    SELECT c.since, m.version_at, row_number() OVER (PARTITION BY c.since ORDER BY m.version_at) AS n
    FROM crowded AS c
    JOIN marks AS m ON m.month = c.month AND m.version_at >= c.since AND m.version_at < c.until
)
SELECT DISTINCT version_at FROM counted WHERE n % ($most * 3 // 4) = 0 AND version_at > since ORDER BY version_at;
