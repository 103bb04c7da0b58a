-- grain: one row a day (UTC) of the last so many days, those without any load included.
WITH days AS (
    SELECT unnest(generate_series(date_trunc('day', $since::TIMESTAMPTZ), $until::TIMESTAMPTZ, INTERVAL 1 DAY)) AS day
),
counted AS (
    SELECT
        date_trunc('day', hour) AS day,
        sum(listed) AS listed,
        sum(new_stories) AS new_stories,
        sum(new_versions) AS new_versions,
        sum(duplicates) AS duplicates,
        sum(rejected) AS rejected,
        sum(dropped) AS dropped,
        sum(unaccounted) AS unaccounted,
        sum(polls) AS polls,
        sum(failed) AS failed,
        sum(gaps) AS gaps,
        sum(open_gaps) AS open_gaps
    FROM mart.completeness
    WHERE hour >= date_trunc('day', $since::TIMESTAMPTZ)
    GROUP BY ALL
)
SELECT day::DATE AS day, COLUMNS(* EXCLUDE (day))::BIGINT
FROM (
    SELECT
        d.day,
        coalesce(listed, 0) AS listed,
        coalesce(new_stories, 0) AS new_stories,
        coalesce(new_versions, 0) AS new_versions,
        coalesce(duplicates, 0) AS duplicates,
        coalesce(rejected, 0) AS rejected,
        coalesce(dropped, 0) AS dropped,
        coalesce(unaccounted, 0) AS unaccounted,
        coalesce(polls, 0) AS polls,
        coalesce(failed, 0) AS failed,
        coalesce(gaps, 0) AS gaps,
        coalesce(open_gaps, 0) AS open_gaps
    FROM days AS d
    LEFT JOIN counted AS c USING (day)
)
ORDER BY day;
