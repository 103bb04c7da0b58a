-- Replay: how far each got, so that one that was killed goes on, and rejects that could be read later.
CREATE TABLE ops.replays (
    replay_id BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    rules VARCHAR NOT NULL,
    archive_path VARCHAR NOT NULL,
    archive_offset BIGINT NOT NULL,
    source_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    reread BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    moved BIGINT NOT NULL,
    done BOOLEAN NOT NULL,
    replayed_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.replays IS 'One row a transaction of a replay: how far through the archive it got';
COMMENT ON COLUMN ops.replays.replay_id IS 'Key: hash of the rules and of what was asked to be read again';
COMMENT ON COLUMN ops.replays.run_id IS 'Run';
COMMENT ON COLUMN ops.replays.rules IS 'Version of the reading rules';
COMMENT ON COLUMN ops.replays.archive_path IS 'File of the archive that the last version of the transaction was read from';
COMMENT ON COLUMN ops.replays.archive_offset IS 'Offset of its record in that file';
COMMENT ON COLUMN ops.replays.source_id IS 'Source of the last version';
COMMENT ON COLUMN ops.replays.sha256 IS 'Payload of the last version';
COMMENT ON COLUMN ops.replays.ordinal IS 'Place of the last version in its payload';
COMMENT ON COLUMN ops.replays.reread IS 'Versions read again in the transaction';
COMMENT ON COLUMN ops.replays.changed IS 'Versions whose rows were replaced';
COMMENT ON COLUMN ops.replays.moved IS 'Versions among them whose printed words are read otherwise, which gave them another key';
COMMENT ON COLUMN ops.replays.done IS 'Whether the replay ended with this transaction';
COMMENT ON COLUMN ops.replays.replayed_at IS 'When';

CREATE TABLE ops.recoveries (
    reject_id BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    recovered_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.recoveries IS 'One row a reject whose place in its payload could be read later';
COMMENT ON COLUMN ops.recoveries.reject_id IS 'Reject';
COMMENT ON COLUMN ops.recoveries.run_id IS 'Run that read it';
COMMENT ON COLUMN ops.recoveries.recovered_at IS 'When';
