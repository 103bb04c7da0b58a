-- grain: one row an origin: its robots.txt, while it holds.
SELECT origin, fetched_at, expires_at, status, body
FROM ops.robots
WHERE expires_at > $at
QUALIFY row_number() OVER (PARTITION BY origin ORDER BY fetched_at DESC) = 1;
