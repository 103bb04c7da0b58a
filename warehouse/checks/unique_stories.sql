-- offenders: story keys that stand in more than one row.
-- publish: touched months
SELECT story_id, count(*) AS rows_found FROM wire.stories GROUP BY story_id HAVING count(*) > 1;
