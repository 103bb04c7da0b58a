-- grain: one row an origin: its robots.txt, also a while after it expired, for when none can be had.
SELECT origin, fetched_at, expires_at, status, body
FROM ops.robots
WHERE expires_at > $at - INTERVAL 30 DAY
QUALIFY row_number() OVER (PARTITION BY origin ORDER BY fetched_at DESC) = 1;
