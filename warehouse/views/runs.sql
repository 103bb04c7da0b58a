-- grain: one row a run.
CREATE OR REPLACE VIEW mart.runs AS
WITH fetched AS (
    SELECT
        run_id,
        count(DISTINCT source_id) AS sources,
        count(*) AS fetches,
        count(*) FILTER (WHERE outcome = 'failed') AS failed,
        max(requested_at) AS last_at
    FROM ops.fetches
    GROUP BY run_id
),
listed AS (
    SELECT
        run_id,
        sum(listed)::BIGINT AS listed,
        sum(new_stories)::BIGINT AS new_stories,
        sum(new_versions)::BIGINT AS new_versions,
        sum(duplicates)::BIGINT AS duplicates,
        sum(rejected)::BIGINT AS rejected,
        sum(dropped)::BIGINT AS dropped,
        max(loaded_at) AS last_at
    FROM ops.ledger
    GROUP BY run_id
)
SELECT
    r.run_id,
    r.command,
    r.program,
    r.started_at,
    e.ended_at,
    (epoch_us(e.ended_at) - epoch_us(r.started_at)) / 1e6 AS seconds,
    e.load_seconds,
    -- the slowest host that a run waits for answers, or is given up, long before an hour
    coalesce(
        e.state,
        if(greatest(r.started_at, f.last_at, l.last_at) < now() - INTERVAL 1 HOUR, 'dead', 'running')
    ) AS state,
    e.detail,
    coalesce(f.sources, 0) AS sources,
    coalesce(f.fetches, 0) AS fetches,
    coalesce(f.failed, 0) AS failed,
    coalesce(l.listed, 0) AS listed,
    coalesce(l.new_stories, 0) AS new_stories,
    coalesce(l.new_versions, 0) AS new_versions,
    coalesce(l.duplicates, 0) AS duplicates,
    coalesce(l.rejected, 0) AS rejected,
    coalesce(l.dropped, 0) AS dropped
FROM ops.runs AS r
LEFT JOIN ops.run_ends AS e USING (run_id)
LEFT JOIN fetched AS f USING (run_id)
LEFT JOIN listed AS l USING (run_id);

COMMENT ON VIEW mart.runs IS 'One row a run: what it did, how long it took, how it ended';
COMMENT ON COLUMN mart.runs.run_id IS 'Key: time and chance, sorts by time';
COMMENT ON COLUMN mart.runs.command IS 'What ran: ingest, run, flow, backfill …';
COMMENT ON COLUMN mart.runs.program IS 'Version of wiredesk';
COMMENT ON COLUMN mart.runs.started_at IS 'When it started';
COMMENT ON COLUMN mart.runs.ended_at IS 'When it ended; null if it has not, or was killed';
COMMENT ON COLUMN mart.runs.seconds IS 'Seconds from start to end';
COMMENT ON COLUMN mart.runs.load_seconds IS 'Of these, spent deciding and loading';
COMMENT ON COLUMN mart.runs.state IS 'running, finished, failed, stopped; dead: no end and no sign of life for an hour; unrecorded: it ran before ends were recorded';
COMMENT ON COLUMN mart.runs.detail IS 'What went wrong, in one line';
COMMENT ON COLUMN mart.runs.sources IS 'Sources that it asked';
COMMENT ON COLUMN mart.runs.fetches IS 'Attempts to fetch an address or file';
COMMENT ON COLUMN mart.runs.failed IS 'Of these, failed';
COMMENT ON COLUMN mart.runs.listed IS 'Candidates that its sources listed';
COMMENT ON COLUMN mart.runs.new_stories IS 'Of these, first versions of stories';
COMMENT ON COLUMN mart.runs.new_versions IS 'Of these, further versions';
COMMENT ON COLUMN mart.runs.duplicates IS 'Of these, known already';
COMMENT ON COLUMN mart.runs.rejected IS 'Of these, unreadable';
COMMENT ON COLUMN mart.runs.dropped IS 'Of these, left out by a rule';
