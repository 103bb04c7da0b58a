-- grain: one row a source.
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
lag AS (
    SELECT source_id, median(received_at - coalesce(updated_at, published_at)) AS median_lag
    FROM wire.versions
    GROUP BY source_id
)
SELECT
    coalesce(f.source_id, l.source_id) AS source_id,
    coalesce(f.fetches, 0) AS fetches,
    coalesce(f.failed, 0) AS failed,
    coalesce(f.unchanged, 0) AS unchanged,
    f.last_fetch_at,
    coalesce(l.listed, 0) AS listed,
    coalesce(l.loaded, 0) AS loaded,
    coalesce(l.duplicates, 0) AS duplicates,
    coalesce(l.rejected, 0) AS rejected,
    l.last_new_at,
    g.median_lag
FROM fetched AS f
FULL JOIN listed AS l USING (source_id)
LEFT JOIN lag AS g ON g.source_id = coalesce(f.source_id, l.source_id);

COMMENT ON VIEW mart.feed_health IS 'One row a source: is it alive, and how much of what it lists can be used';
COMMENT ON COLUMN mart.feed_health.source_id IS 'Source';
COMMENT ON COLUMN mart.feed_health.fetches IS 'Attempts to fetch';
COMMENT ON COLUMN mart.feed_health.failed IS 'Of these, failed';
COMMENT ON COLUMN mart.feed_health.unchanged IS 'Of these, with nothing new';
COMMENT ON COLUMN mart.feed_health.last_fetch_at IS 'Latest attempt';
COMMENT ON COLUMN mart.feed_health.listed IS 'Candidates it has listed';
COMMENT ON COLUMN mart.feed_health.loaded IS 'Of these, new stories and versions';
COMMENT ON COLUMN mart.feed_health.duplicates IS 'Of these, known already';
COMMENT ON COLUMN mart.feed_health.rejected IS 'Of these, unreadable';
COMMENT ON COLUMN mart.feed_health.last_new_at IS 'When it last brought anything new';
COMMENT ON COLUMN mart.feed_health.median_lag IS 'Median time from the agency''s stamp to our receipt';
