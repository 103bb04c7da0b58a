-- grain: one row a version to be read again, in the order of the archive; those after a place that an earlier
-- replay of the same got to.
SELECT v.version_id
FROM wire.versions AS v
JOIN raw.items AS i USING (item_id)
LEFT JOIN raw.captures AS c ON c.sha256 = i.sha256 AND c.source_id = i.source_id
WHERE
    ($since::TIMESTAMPTZ IS NULL OR v.received_at >= $since)
    AND ($source::VARCHAR IS NULL OR v.source_id = $source)
    AND ($every OR v.version_id IN (SELECT version_id FROM incoming_asked))
    AND (
        coalesce(c.archive_path, '~'), coalesce(c.archive_offset, 0), i.source_id, i.sha256, i.ordinal
    ) > ($path::VARCHAR, $place::BIGINT, $of_source::VARCHAR, $sha256::VARCHAR, $ordinal::INTEGER)
ORDER BY coalesce(c.archive_path, '~'), coalesce(c.archive_offset, 0), i.source_id, i.sha256, i.ordinal;
