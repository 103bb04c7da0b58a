-- Fetching: where the archive keeps a payload, how each poll went, and pages that entries were followed to.
ALTER TABLE raw.captures ADD COLUMN archive_offset BIGINT;
COMMENT ON COLUMN raw.captures.archive_path IS 'WARC file of the archive that keeps them, relative to its root; null if there is no archive';
COMMENT ON COLUMN raw.captures.archive_offset IS 'Where their record starts in that file, in bytes';

ALTER TABLE raw.items ADD COLUMN identity_id BIGINT;
ALTER TABLE raw.items ADD COLUMN entry_key BIGINT;
ALTER TABLE raw.items ADD COLUMN page_sha256 VARCHAR;
COMMENT ON COLUMN raw.items.identity_id IS 'Hash of the identity; another than story_id where the story was known under another identity';
COMMENT ON COLUMN raw.items.entry_key IS 'Hash of a feed entry without its whole copy, which was to be followed to its page';
COMMENT ON COLUMN raw.items.page_sha256 IS 'Payload of the page that it was followed to; null if it was not';

ALTER TABLE wire.versions ADD COLUMN copy_key BIGINT;
COMMENT ON COLUMN wire.versions.copy_key IS 'Hash of source, printed words and time: the same copy under another identity is no news';

ALTER TABLE wire.versions ADD COLUMN version_at TIMESTAMPTZ;
COMMENT ON COLUMN wire.versions.version_at IS 'What orders versions: updated_at, else published_at, else received_at; the last too where the first two lie in the future';

CREATE TABLE wire.aliases (
    identity_id BIGINT NOT NULL,
    story_id BIGINT NOT NULL
);
COMMENT ON TABLE wire.aliases IS 'One row an identity under which a known story came again: a feed that rewrote its ids';
COMMENT ON COLUMN wire.aliases.identity_id IS 'Hash of the other identity';
COMMENT ON COLUMN wire.aliases.story_id IS 'Story that it stands for';

CREATE TABLE wire.dates (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    instant TIMESTAMPTZ,
    zoneless BOOLEAN NOT NULL,
    future BOOLEAN NOT NULL
);
COMMENT ON TABLE wire.dates IS 'One row a time that the format gave a version, chosen or not';
COMMENT ON COLUMN wire.dates.version_id IS 'Version';
COMMENT ON COLUMN wire.dates.seq IS 'Order of trust, from 1';
COMMENT ON COLUMN wire.dates.field IS 'published, updated';
COMMENT ON COLUMN wire.dates.origin IS 'Where it stood: pubDate, json-ld datePublished, time';
COMMENT ON COLUMN wire.dates.raw IS 'As printed';
COMMENT ON COLUMN wire.dates.instant IS 'The instant; null if unreadable';
COMMENT ON COLUMN wire.dates.zoneless IS 'Printed without a zone: the source''s was taken';
COMMENT ON COLUMN wire.dates.future IS 'Later than the payload''s arrival by more than a day';

CREATE TABLE ops.polls (
    source_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    polled_at TIMESTAMPTZ NOT NULL,
    url VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    listed BIGINT NOT NULL,
    new BIGINT NOT NULL,
    shared BIGINT,
    gap BOOLEAN NOT NULL,
    failures INTEGER NOT NULL,
    interval_s BIGINT NOT NULL,
    next_at TIMESTAMPTZ,
    listing_sha256 VARCHAR,
    detail VARCHAR
);
COMMENT ON TABLE ops.polls IS 'One row a poll of a source; the latest says when the next is due';
COMMENT ON COLUMN ops.polls.source_id IS 'Source';
COMMENT ON COLUMN ops.polls.run_id IS 'Run';
COMMENT ON COLUMN ops.polls.polled_at IS 'When it was asked';
COMMENT ON COLUMN ops.polls.url IS 'Address asked: the configured one, or what it has moved to for good';
COMMENT ON COLUMN ops.polls.outcome IS 'new, unchanged, temporary, soft, hard, gone';
COMMENT ON COLUMN ops.polls.listed IS 'Candidates listed; 0 if unchanged';
COMMENT ON COLUMN ops.polls.new IS 'Of these, new stories and versions';
COMMENT ON COLUMN ops.polls.shared IS 'Of these, stories that the poll before listed too; null if there was none';
COMMENT ON COLUMN ops.polls.gap IS 'The two polls share nothing: something may have been missed between them';
COMMENT ON COLUMN ops.polls.failures IS 'Failures in a row up to now';
COMMENT ON COLUMN ops.polls.interval_s IS 'Seconds between polls, as adapted to what they bring';
COMMENT ON COLUMN ops.polls.next_at IS 'When the next is due; null: the source is retired';
COMMENT ON COLUMN ops.polls.listing_sha256 IS 'Payload of the latest listing that differed';
COMMENT ON COLUMN ops.polls.detail IS 'What went wrong';

CREATE TABLE ops.gaps (
    source_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    sitemap VARCHAR,
    listed BIGINT NOT NULL,
    filled BIGINT NOT NULL,
    detail VARCHAR
);
COMMENT ON TABLE ops.gaps IS 'One row a gap between two polls of a source, and how much of it a sitemap filled';
COMMENT ON COLUMN ops.gaps.source_id IS 'Source';
COMMENT ON COLUMN ops.gaps.run_id IS 'Run that noticed it';
COMMENT ON COLUMN ops.gaps.since IS 'The poll before';
COMMENT ON COLUMN ops.gaps.until IS 'The poll that noticed';
COMMENT ON COLUMN ops.gaps.sitemap IS 'Where the lost stories were looked for; null if the source names no sitemap';
COMMENT ON COLUMN ops.gaps.listed IS 'Stories that the sitemap has for this time';
COMMENT ON COLUMN ops.gaps.filled IS 'Of these, fetched because the warehouse had them not';
COMMENT ON COLUMN ops.gaps.detail IS 'What went wrong';

CREATE TABLE ops.redirects (
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    target VARCHAR,
    run_id VARCHAR NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.redirects IS 'One row a change of where an address has moved for good; the latest counts, and is followed after a week';
COMMENT ON COLUMN ops.redirects.source_id IS 'Source';
COMMENT ON COLUMN ops.redirects.url IS 'Address asked';
COMMENT ON COLUMN ops.redirects.target IS 'Where it said it had moved; null: it answered by itself again';
COMMENT ON COLUMN ops.redirects.run_id IS 'Run';
COMMENT ON COLUMN ops.redirects.seen_at IS 'When this was first seen';

CREATE TABLE ops.robots (
    origin VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    status INTEGER,
    body VARCHAR NOT NULL
);
COMMENT ON TABLE ops.robots IS 'One row a robots.txt as fetched; the latest of an origin counts until it expires';
COMMENT ON COLUMN ops.robots.origin IS 'Scheme, host and port';
COMMENT ON COLUMN ops.robots.fetched_at IS 'When';
COMMENT ON COLUMN ops.robots.expires_at IS 'Until when it holds';
COMMENT ON COLUMN ops.robots.status IS 'HTTP status; null if it could not be fetched';
COMMENT ON COLUMN ops.robots.body IS 'Its text';
