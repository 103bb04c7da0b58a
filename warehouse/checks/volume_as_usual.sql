-- offenders: hours of the last week of a source in which it brought far more or less than in the same hour of the weeks before.
-- alarm: worth a look, no fault of the rows
-- A backfill's hours are those of the person who asked for it and no habit of the source.
WITH live AS (
    SELECT source_id, loaded_at, new_stories, new_versions
    FROM ops.ledger
    WHERE run_id NOT IN (SELECT run_id FROM ops.runs WHERE command = 'backfill')
),
spans AS (
    SELECT source_id, date_trunc('hour', min(loaded_at)) AS first_at, date_trunc('hour', max(loaded_at)) AS until
    FROM live
    GROUP BY source_id
),
-- the week that is judged, and the eight before it: no more is compared
hours AS (
    SELECT l.source_id, date_trunc('hour', l.loaded_at) AS hour, sum(l.new_stories + l.new_versions) AS stories
    FROM live AS l
    JOIN spans AS s USING (source_id)
    WHERE l.loaded_at >= s.until - INTERVAL 63 DAY
    GROUP BY ALL
),
clock AS (
    SELECT source_id, until, unnest(generate_series(greatest(first_at, until - INTERVAL 63 DAY), until - INTERVAL 1 HOUR, INTERVAL 1 HOUR)) AS hour
    FROM spans
),
each AS (
    SELECT c.source_id, c.hour, c.until, coalesce(h.stories, 0) AS stories
    FROM clock AS c
    LEFT JOIN hours AS h USING (source_id, hour)
),
compared AS (
    SELECT
        source_id,
        hour,
        stories,
        until,
        count(*) OVER before AS weeks,
        median(stories) OVER before AS usual,
        mad(stories) OVER before AS spread
    FROM each
    WINDOW before AS (
        PARTITION BY source_id, dayofweek(hour), hour(hour)
        ORDER BY hour
        ROWS BETWEEN 8 PRECEDING AND 1 PRECEDING
    )
)
SELECT source_id, hour, stories, usual, spread, weeks
FROM compared
WHERE
    hour > until - INTERVAL 7 DAY
    -- four weeks make a habit; counts that scatter by chance do so by their root, and four times that is hardly chance
    AND weeks >= 4
    AND abs(stories - usual) > 4 * greatest(1.4826 * spread, sqrt(usual), 1);
