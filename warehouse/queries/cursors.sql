-- grain: one row a source and address: what its next poll should send.
SELECT source_id, locator, etag, last_modified
FROM ops.cursors
QUALIFY row_number() OVER (PARTITION BY source_id, locator ORDER BY saved_at DESC) = 1;
