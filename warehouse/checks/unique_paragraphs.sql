-- offenders: versions whose paragraphs were loaded more than once.
-- publish: touched months
SELECT version_id, seq, count(*) AS rows_found FROM wire.paragraphs GROUP BY version_id, seq HAVING count(*) > 1;
