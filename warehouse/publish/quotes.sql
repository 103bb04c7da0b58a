-- grain: one row a quotation of one month, by speaker: who asks for a speaker reads that speaker's words alone.
SELECT q.*, m.version_at, m.current, m.embargo_until
FROM wire.quotes AS q
JOIN publishing.marks AS m USING (version_id)
WHERE m.month = $month AND q.rowid BETWEEN $first_place AND $last_place
ORDER BY q.speaker, m.version_at, q.version_id, q.seq;
