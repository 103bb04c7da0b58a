-- offenders: spans that lie outside the text that they were read from.
-- publish: touched months
WITH spans AS (
    SELECT 'paragraph' AS kind, version_id, seq, src_start, src_end FROM wire.paragraphs
    UNION ALL
    SELECT 'credit', version_id, seq, src_start, src_end FROM wire.credits
    UNION ALL
    SELECT 'quote', version_id, seq, src_start, src_end FROM wire.quotes
    UNION ALL
    SELECT 'instrument', version_id, seq, src_start, src_end FROM wire.instruments
    UNION ALL
    SELECT 'dateline', version_id, 1, dateline_start, dateline_end FROM wire.versions WHERE dateline_start IS NOT NULL
),
lengths AS MATERIALIZED (
    SELECT version_id, length(source_text) AS text_length FROM wire.versions
)
SELECT s.kind, s.version_id, s.seq, s.src_start, s.src_end, v.text_length
FROM spans AS s
JOIN lengths AS v USING (version_id)
WHERE s.src_start < 0 OR s.src_end < s.src_start OR s.src_end > v.text_length;
