-- grain: one row a source, agency and month: how late stories came in, for those that say when they were made.
-- kept: whole
CREATE OR REPLACE VIEW mart.desk_latency AS
SELECT
    date_trunc('month', c.version_at)::DATE AS month,
    c.source_id,
    c.agency,
    count(*) AS stories,
    to_microseconds(median(epoch_us(c.received_at) - epoch_us(c.version_at))::BIGINT) AS median_late,
    to_microseconds(quantile_disc(epoch_us(c.received_at) - epoch_us(c.version_at), 0.9)) AS p90_late,
    to_microseconds(max(epoch_us(c.received_at) - epoch_us(c.version_at))) AS worst_late
FROM mart.current_stories AS c
WHERE coalesce(c.updated_at, c.published_at) IS NOT NULL
GROUP BY ALL;

COMMENT ON VIEW mart.desk_latency IS 'One row a source, agency and month: from the agencys stamp to our receipt';
COMMENT ON COLUMN mart.desk_latency.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.desk_latency.source_id IS 'Source';
COMMENT ON COLUMN mart.desk_latency.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.desk_latency.stories IS 'Stories that say when they were made';
COMMENT ON COLUMN mart.desk_latency.median_late IS 'Median time from stamp to receipt';
COMMENT ON COLUMN mart.desk_latency.p90_late IS 'Nine in ten came sooner';
COMMENT ON COLUMN mart.desk_latency.worst_late IS 'The latest of all';
