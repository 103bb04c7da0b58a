-- grain: one row a gap noticed since an instant that no sitemap filled, the latest first.
SELECT source_id, since, until, sitemap, listed, filled, detail
FROM ops.gaps
WHERE until >= $since AND (sitemap IS NULL OR detail IS NOT NULL)
ORDER BY until DESC, source_id;
