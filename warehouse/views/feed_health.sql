-- grain: one row a source.
-- kept: whole
CREATE OR REPLACE VIEW mart.feed_health AS
WITH fetched AS (
    SELECT
        source_id,
        count(*) AS fetches,
        count(*) FILTER (WHERE outcome = 'failed') AS failed,
        count(*) FILTER (WHERE outcome = 'unchanged') AS unchanged,
        max(requested_at) AS last_fetch_at
    FROM ops.fetches
    GROUP BY source_id
),
listed AS (
    SELECT
        source_id,
        sum(listed)::BIGINT AS listed,
        sum(new_stories + new_versions)::BIGINT AS loaded,
        sum(duplicates)::BIGINT AS duplicates,
        sum(rejected)::BIGINT AS rejected,
        max(loaded_at) FILTER (WHERE new_stories + new_versions > 0) AS last_new_at
    FROM ops.ledger
    GROUP BY source_id
),
polled AS (
    SELECT
        source_id,
        arg_max(outcome, polled_at) AS last_poll,
        arg_max(failures, polled_at) AS failures,
        arg_max(interval_s, polled_at) AS interval_s,
        -- arg_max passes over nulls, and a null says that the source is retired
        arg_max(coalesce(next_at, 'infinity'::TIMESTAMPTZ), polled_at) AS next_at
    FROM ops.polls
    GROUP BY source_id
),
-- of the last month of each source only: its health, not its history
lag AS (
    SELECT v.source_id, median(epoch_us(v.received_at) - epoch_us(coalesce(v.updated_at, v.published_at))) AS late
    FROM wire.versions AS v
    JOIN (SELECT source_id, max(loaded_at) AS until FROM ops.ledger GROUP BY source_id) AS l USING (source_id)
    WHERE v.received_at > l.until - INTERVAL 30 DAY
    GROUP BY v.source_id
)
SELECT
    coalesce(f.source_id, l.source_id) AS source_id,
    coalesce(f.fetches, 0) AS fetches,
    coalesce(f.failed, 0) AS failed,
    coalesce(f.unchanged, 0) AS unchanged,
    f.last_fetch_at,
    p.last_poll,
    p.failures AS failures_in_a_row,
    p.interval_s,
    nullif(p.next_at, 'infinity'::TIMESTAMPTZ) AS next_at,
    coalesce(p.next_at = 'infinity'::TIMESTAMPTZ, FALSE) AS retired,
    coalesce(l.listed, 0) AS listed,
    coalesce(l.loaded, 0) AS loaded,
    coalesce(l.duplicates, 0) AS duplicates,
    coalesce(l.rejected, 0) AS rejected,
    l.last_new_at,
    to_microseconds(g.late::BIGINT) AS median_lag
FROM fetched AS f
FULL JOIN listed AS l USING (source_id)
LEFT JOIN polled AS p ON p.source_id = coalesce(f.source_id, l.source_id)
LEFT JOIN lag AS g ON g.source_id = coalesce(f.source_id, l.source_id);

COMMENT ON VIEW mart.feed_health IS 'One row a source: is it alive, and how much of what it lists can be used';
COMMENT ON COLUMN mart.feed_health.source_id IS 'Source';
COMMENT ON COLUMN mart.feed_health.fetches IS 'Attempts to fetch';
COMMENT ON COLUMN mart.feed_health.failed IS 'Of these, failed';
COMMENT ON COLUMN mart.feed_health.unchanged IS 'Of these, with nothing new';
COMMENT ON COLUMN mart.feed_health.last_fetch_at IS 'Latest attempt';
COMMENT ON COLUMN mart.feed_health.last_poll IS 'How the latest poll went: new, unchanged, temporary, soft, hard, gone';
COMMENT ON COLUMN mart.feed_health.failures_in_a_row IS 'Failed polls up to now';
COMMENT ON COLUMN mart.feed_health.interval_s IS 'Seconds between polls, as adapted';
COMMENT ON COLUMN mart.feed_health.next_at IS 'When the next poll is due';
COMMENT ON COLUMN mart.feed_health.retired IS 'Whether it is polled no more';
COMMENT ON COLUMN mart.feed_health.listed IS 'Candidates it has listed';
COMMENT ON COLUMN mart.feed_health.loaded IS 'Of these, new stories and versions';
COMMENT ON COLUMN mart.feed_health.duplicates IS 'Of these, known already';
COMMENT ON COLUMN mart.feed_health.rejected IS 'Of these, unreadable';
COMMENT ON COLUMN mart.feed_health.last_new_at IS 'When it last brought anything new';
COMMENT ON COLUMN mart.feed_health.median_lag IS 'Median time from the agency stamp to our receipt, in its last 30 days';
