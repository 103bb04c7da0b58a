-- grain: one row: what this snapshot is.
CREATE TABLE ops.snapshot (
    snapshot_id VARCHAR NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    program VARCHAR NOT NULL
);
COMMENT ON TABLE ops.snapshot IS 'One row: the snapshot that this catalog opens';
COMMENT ON COLUMN ops.snapshot.snapshot_id IS 'Its name among the snapshots of its folder; sorts by time';
COMMENT ON COLUMN ops.snapshot.made_at IS 'When it was published: nothing that came in later is in it';
COMMENT ON COLUMN ops.snapshot.program IS 'Version of wiredesk that published it';
