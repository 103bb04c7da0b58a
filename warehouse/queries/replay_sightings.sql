-- grain: one row a version asked for: the sighting that brought it in, and where its payloads lie.
SELECT
    i.item_id, v.version_id, v.story_id, i.identity_id, v.relation, v.supersedes_id, v.received_at, i.source_id, i.sha256,
    i.ordinal, i.format,
    CASE WHEN v.provenance['agency'] = 'source' THEN v.agency END AS declared_agency,
    c.locator, c.media_type, c.charset, c.status, c.fetched_at, c.archive_path, c.archive_offset,
    i.entry_key IS NOT NULL AS followed, i.page_sha256,
    p.locator AS page_locator, p.media_type AS page_media_type, p.charset AS page_charset, p.status AS page_status,
    p.fetched_at AS page_fetched_at, p.archive_path AS page_path, p.archive_offset AS page_offset,
    why.detail AS why
FROM incoming_asked AS a
JOIN wire.versions AS v USING (version_id)
JOIN raw.items AS i USING (item_id)
LEFT JOIN raw.captures AS c ON c.sha256 = i.sha256 AND c.source_id = i.source_id
LEFT JOIN raw.captures AS p ON p.sha256 = i.page_sha256 AND p.source_id = i.source_id
LEFT JOIN (
    SELECT version_id, any_value(detail) AS detail FROM ops.issues WHERE code = 'not_followed' GROUP BY version_id
) AS why ON why.version_id = v.version_id
ORDER BY coalesce(c.archive_path, '~'), coalesce(c.archive_offset, 0), i.source_id, i.sha256, i.ordinal;
