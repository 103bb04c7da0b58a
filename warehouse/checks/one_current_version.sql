-- offenders: stories that stand in mart.current_stories more than once.
-- publish: touched months
SELECT story_id, count(*) AS rows_found FROM mart.current_stories GROUP BY story_id HAVING count(*) > 1;
