-- Backfills: what was planned, from what, and which parts of it are loaded.
CREATE TABLE ops.backfills (
    backfill_id BIGINT NOT NULL,
    source_id VARCHAR NOT NULL,
    root VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    program VARCHAR NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.backfills IS 'One row a backfill: a source''s stories of some days, as planned';
COMMENT ON COLUMN ops.backfills.backfill_id IS 'Key: hash of source, root, window and inputs';
COMMENT ON COLUMN ops.backfills.source_id IS 'Source';
COMMENT ON COLUMN ops.backfills.root IS 'Where its copy was looked for: kind and addresses or path of the source';
COMMENT ON COLUMN ops.backfills.first_day IS 'First day of the window, in UTC';
COMMENT ON COLUMN ops.backfills.last_day IS 'Last day of the window, in UTC';
COMMENT ON COLUMN ops.backfills.program IS 'Version of wiredesk that planned it';
COMMENT ON COLUMN ops.backfills.planned_at IS 'When it was planned; files of it count as received then';

CREATE TABLE ops.backfill_inputs (
    backfill_id BIGINT NOT NULL,
    path VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE ops.backfill_inputs IS 'One row a file that a backfill was planned over; what is on the web has none';
COMMENT ON COLUMN ops.backfill_inputs.backfill_id IS 'Backfill';
COMMENT ON COLUMN ops.backfill_inputs.path IS 'File';
COMMENT ON COLUMN ops.backfill_inputs.bytes IS 'Its size as planned';
COMMENT ON COLUMN ops.backfill_inputs.sha256 IS 'SHA-256 of its bytes as planned, hexadecimal';

CREATE TABLE ops.partitions (
    backfill_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    places VARCHAR[] NOT NULL,
    opens_at BIGINT NOT NULL,
    skips BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    stories BIGINT NOT NULL
);
COMMENT ON TABLE ops.partitions IS 'One row a part of a backfill that is read by itself and loaded in one transaction';
COMMENT ON COLUMN ops.partitions.backfill_id IS 'Backfill';
COMMENT ON COLUMN ops.partitions.seq IS 'Number in the backfill, from 0; pages found or left on the way are added at the end';
COMMENT ON COLUMN ops.partitions.kind IS 'lines, records: a stretch of a file; files; pages, undated: addresses; feed: a page of a feed''s archive';
COMMENT ON COLUMN ops.partitions.places IS 'The file, the files, or the addresses';
COMMENT ON COLUMN ops.partitions.opens_at IS 'lines, records: byte of the file at which reading can start';
COMMENT ON COLUMN ops.partitions.skips IS 'lines: unpacked bytes from there to its first line';
COMMENT ON COLUMN ops.partitions.bytes IS 'lines: its size, unpacked; records: as it lies in the file; files: their sizes';
COMMENT ON COLUMN ops.partitions.stories IS 'Stories of the window in it, counted or guessed when it was planned';

CREATE TABLE ops.partition_ends (
    backfill_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    run_id VARCHAR NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL,
    seconds DOUBLE NOT NULL,
    listed BIGINT NOT NULL,
    new_stories BIGINT NOT NULL,
    new_versions BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    dropped BIGINT NOT NULL
);
COMMENT ON TABLE ops.partition_ends IS 'One row a partition that is loaded, written in the transaction that loaded it';
COMMENT ON COLUMN ops.partition_ends.backfill_id IS 'Backfill';
COMMENT ON COLUMN ops.partition_ends.seq IS 'Partition';
COMMENT ON COLUMN ops.partition_ends.run_id IS 'Run that loaded it';
COMMENT ON COLUMN ops.partition_ends.ended_at IS 'When';
COMMENT ON COLUMN ops.partition_ends.seconds IS 'Seconds since its run had loaded the one before';
COMMENT ON COLUMN ops.partition_ends.listed IS 'Candidates in it: the sum of the others';
COMMENT ON COLUMN ops.partition_ends.new_stories IS 'Of these, first versions of stories';
COMMENT ON COLUMN ops.partition_ends.new_versions IS 'Of these, further versions of stories';
COMMENT ON COLUMN ops.partition_ends.duplicates IS 'Of these, versions already known';
COMMENT ON COLUMN ops.partition_ends.rejected IS 'Of these, unreadable; each has a row in ops.rejects';
COMMENT ON COLUMN ops.partition_ends.dropped IS 'Of these, outside the window';
