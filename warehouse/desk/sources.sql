-- grain: one row a source: what became of all that it listed, and how its latest poll went.
WITH counted AS (
    SELECT
        source_id,
        sum(listed)::BIGINT AS listed,
        sum(new_stories)::BIGINT AS new_stories,
        sum(new_versions)::BIGINT AS new_versions,
        sum(duplicates)::BIGINT AS duplicates,
        sum(rejected)::BIGINT AS rejected,
        sum(dropped)::BIGINT AS dropped,
        max(loaded_at) FILTER (WHERE new_stories + new_versions > 0) AS last_new_at
    FROM ops.ledger
    GROUP BY source_id
),
polled AS (
    SELECT
        source_id,
        -- a struct, since arg_max passes over nulls, and no detail means that nothing went wrong
        arg_max(
            {'outcome': outcome, 'failures': failures, 'interval_s': interval_s, 'next_at': next_at, 'detail': detail},
            polled_at
        ) AS last
    FROM ops.polls
    GROUP BY source_id
),
seen AS (
    SELECT greatest(
        (SELECT max(loaded_at) FROM ops.ledger), (SELECT max(polled_at) FROM ops.polls)
    ) AS as_of
)
SELECT
    coalesce(c.source_id, p.source_id) AS source_id,
    coalesce(c.listed, 0) AS listed,
    coalesce(c.new_stories, 0) AS new_stories,
    coalesce(c.new_versions, 0) AS new_versions,
    coalesce(c.duplicates, 0) AS duplicates,
    coalesce(c.rejected, 0) AS rejected,
    coalesce(c.dropped, 0) AS dropped,
    c.last_new_at,
    s.as_of - c.last_new_at AS quiet,
    p.last.outcome,
    coalesce(p.last.failures, 0) AS failures,
    p.last.interval_s,
    p.last.detail,
    p.last IS NOT NULL AND p.last.next_at IS NULL AS retired
FROM counted AS c
FULL JOIN polled AS p USING (source_id)
CROSS JOIN seen AS s
ORDER BY listed DESC, source_id;
