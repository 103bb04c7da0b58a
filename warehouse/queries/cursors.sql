-- grain: one row an address of a source: what its next poll should send.
SELECT locator, etag, last_modified
FROM ops.cursors
WHERE source_id = $source_id
QUALIFY row_number() OVER (PARTITION BY locator ORDER BY saved_at DESC) = 1;
