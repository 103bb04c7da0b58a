-- raw: payloads as they came, once each, and the candidate stories seen in them.
CREATE TABLE raw.captures (
    sha256 VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    locator VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    media_type VARCHAR,
    charset VARCHAR,
    status INTEGER,
    fetched_at TIMESTAMPTZ NOT NULL,
    archive_path VARCHAR
);
COMMENT ON TABLE raw.captures IS 'One row a payload and source: bytes that came in, stored once in the archive';
COMMENT ON COLUMN raw.captures.sha256 IS 'SHA-256 of the bytes, hexadecimal';
COMMENT ON COLUMN raw.captures.source_id IS 'Source that they came from';
COMMENT ON COLUMN raw.captures.locator IS 'Address or path they came from at first sight';
COMMENT ON COLUMN raw.captures.bytes IS 'Size in bytes';
COMMENT ON COLUMN raw.captures.media_type IS 'Media type as declared by the sender';
COMMENT ON COLUMN raw.captures.charset IS 'Charset as declared by the sender';
COMMENT ON COLUMN raw.captures.status IS 'HTTP status, if fetched over HTTP';
COMMENT ON COLUMN raw.captures.fetched_at IS 'When they first came in';
COMMENT ON COLUMN raw.captures.archive_path IS 'Where the archive keeps them, relative to its root; null if there is no archive';

CREATE TABLE raw.loaded (
    sha256 VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    items BIGINT NOT NULL,
    rejects BIGINT NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE raw.loaded IS 'One row a payload and source whose every item has been decided; written in the transaction of its last batch';
COMMENT ON COLUMN raw.loaded.sha256 IS 'Payload';
COMMENT ON COLUMN raw.loaded.source_id IS 'Source that it came from';
COMMENT ON COLUMN raw.loaded.items IS 'Candidate stories in it that could be read';
COMMENT ON COLUMN raw.loaded.rejects IS 'Candidates in it that could not be read';
COMMENT ON COLUMN raw.loaded.loaded_at IS 'When its last batch was loaded';

CREATE TABLE raw.items (
    item_id BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    format VARCHAR NOT NULL,
    native_id VARCHAR,
    identity_scheme VARCHAR NOT NULL,
    identity_key VARCHAR NOT NULL,
    story_id BIGINT NOT NULL,
    version_id BIGINT NOT NULL,
    outcome VARCHAR NOT NULL
);
COMMENT ON TABLE raw.items IS 'One row a sighting: a candidate story at one place of one payload';
COMMENT ON COLUMN raw.items.item_id IS 'Key: hash of source, payload and ordinal';
COMMENT ON COLUMN raw.items.sha256 IS 'Payload it was seen in';
COMMENT ON COLUMN raw.items.source_id IS 'Source of the payload';
COMMENT ON COLUMN raw.items.ordinal IS 'Place in the payload, from 0';
COMMENT ON COLUMN raw.items.format IS 'Format it was read as';
COMMENT ON COLUMN raw.items.native_id IS 'Id that the format carries';
COMMENT ON COLUMN raw.items.identity_scheme IS 'What identifies the story: guid, id, link, file, content';
COMMENT ON COLUMN raw.items.identity_key IS 'The identity itself, scoped where the scheme is not global';
COMMENT ON COLUMN raw.items.story_id IS 'Story it is a sighting of';
COMMENT ON COLUMN raw.items.version_id IS 'Version it is a sighting of';
COMMENT ON COLUMN raw.items.outcome IS 'version: it brought this version in; duplicate: the version was known';
