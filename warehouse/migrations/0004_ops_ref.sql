-- ops: how it went.  ref: what names mean.
CREATE TABLE ops.runs (
    run_id VARCHAR NOT NULL,
    command VARCHAR NOT NULL,
    program VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.runs IS 'One row a run of ingest or of a flow';
COMMENT ON COLUMN ops.runs.run_id IS 'Key: time and chance, sorts by time';
COMMENT ON COLUMN ops.runs.command IS 'What ran: ingest, run, a flow''s name';
COMMENT ON COLUMN ops.runs.program IS 'Version of wiredesk';
COMMENT ON COLUMN ops.runs.started_at IS 'When it started';

CREATE TABLE ops.fetches (
    run_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    locator VARCHAR NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,
    status INTEGER,
    sha256 VARCHAR,
    error VARCHAR
);
COMMENT ON TABLE ops.fetches IS 'One row an attempt to fetch, also those that brought nothing';
COMMENT ON COLUMN ops.fetches.run_id IS 'Run';
COMMENT ON COLUMN ops.fetches.source_id IS 'Source';
COMMENT ON COLUMN ops.fetches.locator IS 'Address or path';
COMMENT ON COLUMN ops.fetches.requested_at IS 'When';
COMMENT ON COLUMN ops.fetches.outcome IS 'new, unchanged (304 or a known payload), failed';
COMMENT ON COLUMN ops.fetches.status IS 'HTTP status';
COMMENT ON COLUMN ops.fetches.sha256 IS 'Payload, if one came';
COMMENT ON COLUMN ops.fetches.error IS 'What went wrong';

CREATE TABLE ops.ledger (
    run_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    listed BIGINT NOT NULL,
    new_stories BIGINT NOT NULL,
    new_versions BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    dropped BIGINT NOT NULL
);
COMMENT ON TABLE ops.ledger IS 'One row a run, source and batch: listed = new_stories + new_versions + duplicates + rejected + dropped';
COMMENT ON COLUMN ops.ledger.run_id IS 'Run';
COMMENT ON COLUMN ops.ledger.source_id IS 'Source';
COMMENT ON COLUMN ops.ledger.loaded_at IS 'When the batch was loaded';
COMMENT ON COLUMN ops.ledger.listed IS 'Candidates that the source listed';
COMMENT ON COLUMN ops.ledger.new_stories IS 'Of these, first versions of stories';
COMMENT ON COLUMN ops.ledger.new_versions IS 'Of these, further versions of stories';
COMMENT ON COLUMN ops.ledger.duplicates IS 'Of these, versions already known';
COMMENT ON COLUMN ops.ledger.rejected IS 'Of these, unreadable; each has a row in ops.rejects';
COMMENT ON COLUMN ops.ledger.dropped IS 'Of these, left out by a rule';

CREATE TABLE ops.rejects (
    reject_id BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    locator VARCHAR NOT NULL,
    sha256 VARCHAR,
    place VARCHAR,
    native_id VARCHAR,
    stage VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    rejected_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.rejects IS 'One row a candidate that could not be used';
COMMENT ON COLUMN ops.rejects.reject_id IS 'Key: hash of source, locator, payload, place, stage and code';
COMMENT ON COLUMN ops.rejects.run_id IS 'Run that met it first';
COMMENT ON COLUMN ops.rejects.source_id IS 'Source';
COMMENT ON COLUMN ops.rejects.locator IS 'Address or path it came from';
COMMENT ON COLUMN ops.rejects.sha256 IS 'Payload it was in, which can be read again; null if no bytes came';
COMMENT ON COLUMN ops.rejects.place IS 'Where in the payload: line 7, entry 3';
COMMENT ON COLUMN ops.rejects.native_id IS 'Id that the format carries, if it got that far';
COMMENT ON COLUMN ops.rejects.stage IS 'fetch, parse, clean, extract, decide';
COMMENT ON COLUMN ops.rejects.code IS 'Kind of fault: empty, binary, json_invalid, truncated …';
COMMENT ON COLUMN ops.rejects.detail IS 'The fault in a sentence';
COMMENT ON COLUMN ops.rejects.rejected_at IS 'When';

CREATE TABLE ops.issues (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    detail VARCHAR
);
COMMENT ON TABLE ops.issues IS 'One row something odd in a version that did not stop it';
COMMENT ON COLUMN ops.issues.version_id IS 'Version';
COMMENT ON COLUMN ops.issues.seq IS 'Order, from 1';
COMMENT ON COLUMN ops.issues.code IS 'missing_headline, dateline_bad_date, place_ambiguous …';
COMMENT ON COLUMN ops.issues.detail IS 'What exactly';

CREATE TABLE ops.cursors (
    source_id VARCHAR NOT NULL,
    locator VARCHAR NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    run_id VARCHAR NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.cursors IS 'One row a change of what the next poll of an address should send; the latest counts';
COMMENT ON COLUMN ops.cursors.source_id IS 'Source';
COMMENT ON COLUMN ops.cursors.locator IS 'Address';
COMMENT ON COLUMN ops.cursors.etag IS 'ETag of the last payload that was loaded';
COMMENT ON COLUMN ops.cursors.last_modified IS 'Last-Modified of the last payload that was loaded';
COMMENT ON COLUMN ops.cursors.run_id IS 'Run';
COMMENT ON COLUMN ops.cursors.saved_at IS 'When; in the transaction that loaded the payload';

CREATE TABLE ref.agencies (
    agency_key VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    home VARCHAR,
    tz VARCHAR NOT NULL
);
COMMENT ON TABLE ref.agencies IS 'One row an agency whose copy wiredesk knows';
COMMENT ON COLUMN ref.agencies.agency_key IS 'Key, as --agency takes it';
COMMENT ON COLUMN ref.agencies.name IS 'Name, as in the agency columns';
COMMENT ON COLUMN ref.agencies.home IS 'ISO country in which bare places are looked for first';
COMMENT ON COLUMN ref.agencies.tz IS 'Zone of its times that carry none';

CREATE TABLE ref.places (
    place_id BIGINT NOT NULL,
    name VARCHAR,
    admin1 VARCHAR,
    country VARCHAR,
    lat DOUBLE,
    lon DOUBLE
);
COMMENT ON TABLE ref.places IS 'One row a place that some dateline named; GeoNames, CC BY 4.0';
COMMENT ON COLUMN ref.places.place_id IS 'GeoNames id';
COMMENT ON COLUMN ref.places.name IS 'English name of today';
COMMENT ON COLUMN ref.places.admin1 IS 'ISO 3166-2';
COMMENT ON COLUMN ref.places.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN ref.places.lat IS 'Latitude, degrees, WGS 84';
COMMENT ON COLUMN ref.places.lon IS 'Longitude, degrees, WGS 84';
