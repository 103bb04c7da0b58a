-- offenders: version keys that stand in more than one row.
-- publish: touched months
SELECT version_id, count(*) AS rows_found FROM wire.versions GROUP BY version_id HAVING count(*) > 1;
