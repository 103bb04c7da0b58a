-- Runs: when and how each ended.  What began and has no row here is at work, or was killed.
CREATE TABLE ops.run_ends (
    run_id VARCHAR NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL,
    state VARCHAR NOT NULL,
    load_seconds DOUBLE NOT NULL,
    detail VARCHAR
);
COMMENT ON TABLE ops.run_ends IS 'One row a run that ended, well or not; one that was killed has none';
COMMENT ON COLUMN ops.run_ends.run_id IS 'Run';
COMMENT ON COLUMN ops.run_ends.ended_at IS 'When it ended';
COMMENT ON COLUMN ops.run_ends.state IS 'finished; failed: by an error; stopped: by a person or a signal; unrecorded: it ran before ends were recorded';
COMMENT ON COLUMN ops.run_ends.load_seconds IS 'Seconds of it spent deciding and loading';
COMMENT ON COLUMN ops.run_ends.detail IS 'What went wrong, in one line';

-- Runs of earlier programs left no end; the last that they loaded is the nearest to it that is known.
INSERT INTO ops.run_ends
SELECT r.run_id, coalesce(max(l.loaded_at), r.started_at), 'unrecorded', 0, NULL
FROM ops.runs AS r
LEFT JOIN ops.ledger AS l USING (run_id)
GROUP BY r.run_id, r.started_at;
