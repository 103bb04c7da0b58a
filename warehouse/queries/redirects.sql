-- grain: one row a source and address that has moved: where to, and since when that has been so.
SELECT source_id, url, target, seen_at
FROM ops.redirects
QUALIFY row_number() OVER (PARTITION BY source_id, url ORDER BY seen_at DESC) = 1;
