-- grain: one row an address of the group that a payload of its source came from: where the latest lies.
SELECT
    c.source_id, c.locator, arg_max(c.archive_path, c.fetched_at) AS archive_path,
    arg_max(c.archive_offset, c.fetched_at) AS archive_offset
FROM raw.captures AS c
SEMI JOIN incoming_locators AS l ON l.source_id = c.source_id AND l.locator = c.locator
WHERE c.archive_offset IS NOT NULL
GROUP BY c.source_id, c.locator;
