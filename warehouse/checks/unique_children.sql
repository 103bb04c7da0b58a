-- offenders: rows of a version that stand more than once under the same place.
-- publish: touched months
SELECT 'credit' AS kind, version_id, seq, count(*) AS rows_found FROM wire.credits GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'author', version_id, seq, count(*) FROM wire.authors GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'dateline_place', version_id, seq, count(*) FROM wire.dateline_places GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'quote', version_id, seq, count(*) FROM wire.quotes GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'instrument', version_id, seq, count(*) FROM wire.instruments GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'conversion', version_id, seq, count(*) FROM wire.conversions GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'subject', version_id, seq, count(*) FROM wire.subjects GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'association', version_id, seq, count(*) FROM wire.associations GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'date', version_id, seq, count(*) FROM wire.dates GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'change', version_id, seq, count(*) FROM wire.changes GROUP BY ALL HAVING count(*) > 1;
