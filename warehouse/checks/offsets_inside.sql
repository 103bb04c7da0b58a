-- offenders: paragraphs whose offsets lie outside the text that they were read from.
SELECT p.version_id, p.seq, p.src_start, p.src_end, length(v.source_text) AS text_length
FROM wire.paragraphs AS p
JOIN wire.versions AS v USING (version_id)
WHERE p.src_start < 0 OR p.src_end < p.src_start OR p.src_end > length(v.source_text);
