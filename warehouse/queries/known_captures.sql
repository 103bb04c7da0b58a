-- grain: one row a payload of the group and a source that it is known from, and whether it is loaded whole.
SELECT c.source_id, c.sha256, k.fetched_at, l.items, l.rejects
FROM incoming_captures AS c
JOIN raw.captures AS k USING (sha256, source_id)
LEFT JOIN raw.loaded AS l USING (sha256, source_id);
