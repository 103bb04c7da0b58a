-- grain: one row a slice that is to be written: between which places of wire.paragraphs its paragraphs lie.
SELECT s.since, min(t.rowid) AS first_paragraph, max(t.rowid) AS last_paragraph
FROM publishing.slices AS s
JOIN publishing.marks AS m ON m.month = s.month AND m.version_at >= s.since AND m.version_at < s.until
JOIN wire.paragraphs AS t USING (version_id)
WHERE s.since IN (SELECT unnest($slices::TIMESTAMPTZ[]))
GROUP BY s.since;
