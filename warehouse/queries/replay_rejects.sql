-- grain: one row a reject whose place could not be read since.  Not those of payloads that are no copy at all:
-- lists of addresses, and what another site sent.
SELECT
    r.source_id, r.sha256, r.reject_id, r.place, r.native_id, c.locator, c.media_type, c.charset, c.status, c.fetched_at,
    c.archive_path, c.archive_offset
FROM ops.rejects AS r
JOIN raw.captures AS c ON c.sha256 = r.sha256 AND c.source_id = r.source_id
ANTI JOIN ops.recoveries AS known ON known.reject_id = r.reject_id
WHERE
    r.stage <> 'fetch'
    AND r.code NOT IN ('another_site', 'not_a_list', 'not_a_sitemap', 'html_not_sitemap')
    AND ($since::TIMESTAMPTZ IS NULL OR r.rejected_at >= $since)
    AND ($source::VARCHAR IS NULL OR r.source_id = $source)
ORDER BY coalesce(c.archive_path, '~'), c.archive_offset, r.source_id, r.sha256, r.reject_id;
