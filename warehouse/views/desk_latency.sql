-- grain: one row a source, agency and month: how late stories came in, for those that say when they were made.
-- kept: by month
CREATE OR REPLACE VIEW mart.desk_latency AS
SELECT
    date_trunc('month', c.version_at)::DATE AS month,
    c.source_id,
    c.agency,
    count(*) AS stories,
    round(median(epoch_us(c.received_at) - epoch_us(c.version_at)) / 1e6)::BIGINT AS median_late_s,
    round(quantile_disc(epoch_us(c.received_at) - epoch_us(c.version_at), 0.9) / 1e6)::BIGINT AS p90_late_s,
    round(max(epoch_us(c.received_at) - epoch_us(c.version_at)) / 1e6)::BIGINT AS worst_late_s
FROM mart.current_stories AS c
WHERE coalesce(c.updated_at, c.published_at) IS NOT NULL
GROUP BY ALL;

COMMENT ON VIEW mart.desk_latency IS 'One row a source, agency and month: from the agencys stamp to our receipt';
COMMENT ON COLUMN mart.desk_latency.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.desk_latency.source_id IS 'Source';
COMMENT ON COLUMN mart.desk_latency.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.desk_latency.stories IS 'Stories that say when they were made';
COMMENT ON COLUMN mart.desk_latency.median_late_s IS 'Median time from stamp to receipt';
COMMENT ON COLUMN mart.desk_latency.p90_late_s IS 'Nine in ten came sooner';
COMMENT ON COLUMN mart.desk_latency.worst_late_s IS 'The latest of all';
