-- offenders: sightings that stand in more than one row.
SELECT item_id, count(*) AS rows_found FROM raw.items GROUP BY item_id HAVING count(*) > 1;
