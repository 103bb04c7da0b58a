-- grain: one row a payload of the group that the archive holds, from whatever source.
SELECT c.sha256, min_by(c.archive_path, c.fetched_at) AS archive_path, min_by(c.archive_offset, c.fetched_at) AS archive_offset
FROM raw.captures AS c
SEMI JOIN incoming_captures AS i ON i.sha256 = c.sha256
WHERE c.archive_offset IS NOT NULL
GROUP BY c.sha256;
