-- wire: what the copy says.  Append-only; keys are hashes; views choose what is current.
CREATE TABLE wire.stories (
    story_id BIGINT NOT NULL,
    identity_scheme VARCHAR NOT NULL,
    identity_key VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    agency VARCHAR,
    first_received_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE wire.stories IS 'One row a story: an identity that versions share';
COMMENT ON COLUMN wire.stories.story_id IS 'Key: hash of the identity';
COMMENT ON COLUMN wire.stories.identity_scheme IS 'What identifies it: guid, id, link, file, content';
COMMENT ON COLUMN wire.stories.identity_key IS 'The identity itself';
COMMENT ON COLUMN wire.stories.source_id IS 'Source that brought it first';
COMMENT ON COLUMN wire.stories.agency IS 'Agency of its first version';
COMMENT ON COLUMN wire.stories.first_received_at IS 'When its first version came in';

CREATE TABLE wire.versions (
    version_id BIGINT NOT NULL,
    story_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    source_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    supersedes_id BIGINT,
    pub_status VARCHAR NOT NULL,
    native_id VARCHAR,
    native_version VARCHAR,
    url VARCHAR,
    agency VARCHAR,
    format VARCHAR NOT NULL,
    language VARCHAR,
    published_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ,
    embargo_until TIMESTAMPTZ,
    received_at TIMESTAMPTZ NOT NULL,
    headline_raw VARCHAR,
    headline VARCHAR,
    labels STRUCT(label VARCHAR, n INTEGER)[],
    standing_head VARCHAR,
    genre VARCHAR,
    slug VARCHAR,
    byline_raw VARCHAR,
    dateline_raw VARCHAR,
    dateline_agency VARCHAR,
    dateline_relation VARCHAR,
    dateline_date DATE,
    dateline_month INTEGER,
    dateline_day INTEGER,
    dateline_start INTEGER,
    dateline_end INTEGER,
    ed_note VARCHAR,
    ed_note_kind VARCHAR,
    bullets VARCHAR[],
    body VARCHAR NOT NULL,
    body_sha256 VARCHAR NOT NULL,
    word_count INTEGER NOT NULL,
    source_text VARCHAR NOT NULL,
    rights VARCHAR,
    provenance MAP(VARCHAR, VARCHAR),
    rules VARCHAR NOT NULL
);
COMMENT ON TABLE wire.versions IS 'One row a version of a story, with everything as it was at that version';
COMMENT ON COLUMN wire.versions.version_id IS 'Key: hash of story and content';
COMMENT ON COLUMN wire.versions.story_id IS 'Story';
COMMENT ON COLUMN wire.versions.item_id IS 'Sighting that brought it in';
COMMENT ON COLUMN wire.versions.source_id IS 'Source that brought it in';
COMMENT ON COLUMN wire.versions.relation IS 'new, update, correction, refile, repeat, hold, release, withdrawal, take';
COMMENT ON COLUMN wire.versions.supersedes_id IS 'Version that was the latest when this one came in';
COMMENT ON COLUMN wire.versions.pub_status IS 'usable, withheld, canceled';
COMMENT ON COLUMN wire.versions.native_id IS 'Id that the format carries';
COMMENT ON COLUMN wire.versions.native_version IS 'Version that the format carries';
COMMENT ON COLUMN wire.versions.url IS 'Address of the story for readers';
COMMENT ON COLUMN wire.versions.agency IS 'Agency, as its mark in the dateline or the source says';
COMMENT ON COLUMN wire.versions.format IS 'Format it was read as';
COMMENT ON COLUMN wire.versions.language IS 'ISO 639-1';
COMMENT ON COLUMN wire.versions.published_at IS 'When the agency says it was first published; null if it does not say';
COMMENT ON COLUMN wire.versions.updated_at IS 'When the agency says this version was made; null if it does not say';
COMMENT ON COLUMN wire.versions.embargo_until IS 'Not to be shown before';
COMMENT ON COLUMN wire.versions.received_at IS 'When it came in';
COMMENT ON COLUMN wire.versions.headline_raw IS 'Headline as printed';
COMMENT ON COLUMN wire.versions.headline IS 'Headline without labels and standing head';
COMMENT ON COLUMN wire.versions.labels IS 'Labels of the headline in printed order: UPDATE 2, CORRECTED';
COMMENT ON COLUMN wire.versions.standing_head IS 'Standing head of a regular report: GLOBAL MARKETS';
COMMENT ON COLUMN wire.versions.genre IS 'analysis, factbox, press_release …';
COMMENT ON COLUMN wire.versions.slug IS 'Slug as printed';
COMMENT ON COLUMN wire.versions.byline_raw IS 'Byline as printed';
COMMENT ON COLUMN wire.versions.dateline_raw IS 'Dateline as printed, to the end of its dash';
COMMENT ON COLUMN wire.versions.dateline_agency IS 'Agency in the dateline';
COMMENT ON COLUMN wire.versions.dateline_relation IS 'near, aboard … before the first place';
COMMENT ON COLUMN wire.versions.dateline_date IS 'Date of the dateline; null if it has no year and none can be told';
COMMENT ON COLUMN wire.versions.dateline_month IS 'Month printed in the dateline';
COMMENT ON COLUMN wire.versions.dateline_day IS 'Day printed in the dateline';
COMMENT ON COLUMN wire.versions.dateline_start IS 'Offset of the dateline in source_text';
COMMENT ON COLUMN wire.versions.dateline_end IS 'End of the dateline in source_text, exclusive';
COMMENT ON COLUMN wire.versions.ed_note IS 'Editor''s note: Adds comments, detail';
COMMENT ON COLUMN wire.versions.ed_note_kind IS 'update, correction, refile, repeat, warning';
COMMENT ON COLUMN wire.versions.bullets IS 'Summary bullets above the copy';
COMMENT ON COLUMN wire.versions.body IS 'Body and crosshead paragraphs joined by a blank line: no dateline, notes, sign-off, trailers';
COMMENT ON COLUMN wire.versions.body_sha256 IS 'SHA-256 of the body in UTF-8, hexadecimal';
COMMENT ON COLUMN wire.versions.word_count IS 'Words of the body, by white space';
COMMENT ON COLUMN wire.versions.source_text IS 'Decoded input that all offsets count in (characters, from 0, end exclusive)';
COMMENT ON COLUMN wire.versions.rights IS 'Rights statement of the format';
COMMENT ON COLUMN wire.versions.provenance IS 'For each field where it came from';
COMMENT ON COLUMN wire.versions.rules IS 'Version of the reading rules that made the row';

CREATE TABLE wire.paragraphs (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    src_start INTEGER NOT NULL,
    src_end INTEGER NOT NULL,
    confidence DOUBLE NOT NULL
);
COMMENT ON TABLE wire.paragraphs IS 'One row a paragraph of a version, in printed order';
COMMENT ON COLUMN wire.paragraphs.version_id IS 'Version';
COMMENT ON COLUMN wire.paragraphs.seq IS 'Place in the version, from 1';
COMMENT ON COLUMN wire.paragraphs.kind IS 'body, crosshead, bullet, note, speaker_label, signoff, trailer, conversion';
COMMENT ON COLUMN wire.paragraphs.text IS 'Text with white space collapsed';
COMMENT ON COLUMN wire.paragraphs.src_start IS 'Offset in source_text';
COMMENT ON COLUMN wire.paragraphs.src_end IS 'End in source_text, exclusive';
COMMENT ON COLUMN wire.paragraphs.confidence IS '1 unless a crosshead had to be cut out of running text';

CREATE TABLE wire.authors (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    entity VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    title VARCHAR,
    org VARCHAR,
    place VARCHAR
);
COMMENT ON TABLE wire.authors IS 'One row an author in a version''s byline';
COMMENT ON COLUMN wire.authors.version_id IS 'Version';
COMMENT ON COLUMN wire.authors.seq IS 'Place in the byline, from 1';
COMMENT ON COLUMN wire.authors.entity IS 'person, desk, initials';
COMMENT ON COLUMN wire.authors.name IS 'Name, capitals restored';
COMMENT ON COLUMN wire.authors.title IS 'Title: European Banking Correspondent';
COMMENT ON COLUMN wire.authors.org IS 'Organisation, where it is another than the agency';
COMMENT ON COLUMN wire.authors.place IS 'Place, where the byline has one';

CREATE TABLE wire.dateline_places (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    raw VARCHAR NOT NULL,
    qualifier_raw VARCHAR,
    relation VARCHAR,
    name VARCHAR,
    admin1 VARCHAR,
    country VARCHAR,
    lat DOUBLE,
    lon DOUBLE,
    place_id BIGINT,
    method VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL
);
COMMENT ON TABLE wire.dateline_places IS 'One row a place in a version''s dateline, in printed order';
COMMENT ON COLUMN wire.dateline_places.version_id IS 'Version';
COMMENT ON COLUMN wire.dateline_places.seq IS 'Place in the dateline, from 1';
COMMENT ON COLUMN wire.dateline_places.raw IS 'Name as printed';
COMMENT ON COLUMN wire.dateline_places.qualifier_raw IS 'State, country … as printed';
COMMENT ON COLUMN wire.dateline_places.relation IS 'near, aboard, outside … where it is not "in"';
COMMENT ON COLUMN wire.dateline_places.name IS 'English name of today';
COMMENT ON COLUMN wire.dateline_places.admin1 IS 'ISO 3166-2; null rather than wrong';
COMMENT ON COLUMN wire.dateline_places.country IS 'ISO 3166-1 alpha-2; null rather than wrong';
COMMENT ON COLUMN wire.dateline_places.lat IS 'Latitude, degrees, WGS 84';
COMMENT ON COLUMN wire.dateline_places.lon IS 'Longitude, degrees, WGS 84';
COMMENT ON COLUMN wire.dateline_places.place_id IS 'GeoNames id';
COMMENT ON COLUMN wire.dateline_places.method IS 'How it was resolved: standalone, qualifier, unique, evidence, population, country, region, non_place, corrected, ambiguous, unknown';
COMMENT ON COLUMN wire.dateline_places.confidence IS '0 to 1';

CREATE TABLE wire.credits (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_raw VARCHAR,
    title VARCHAR,
    org VARCHAR,
    place VARCHAR,
    place_id BIGINT,
    basis VARCHAR,
    relation VARCHAR,
    src_start INTEGER NOT NULL,
    src_end INTEGER NOT NULL
);
COMMENT ON TABLE wire.credits IS 'One row a person or desk, role and place in a version''s sign-off';
COMMENT ON COLUMN wire.credits.version_id IS 'Version';
COMMENT ON COLUMN wire.credits.seq IS 'Place in the sign-off, from 1';
COMMENT ON COLUMN wire.credits.role IS 'reporting, additional_reporting, writing, editing, compiling, graphics, contributing, desk …';
COMMENT ON COLUMN wire.credits.entity IS 'person, desk, initials';
COMMENT ON COLUMN wire.credits.name IS 'Full name where known';
COMMENT ON COLUMN wire.credits.name_raw IS 'As printed, where that was only a surname';
COMMENT ON COLUMN wire.credits.title IS 'Title, if printed';
COMMENT ON COLUMN wire.credits.org IS 'Organisation or unit, if printed';
COMMENT ON COLUMN wire.credits.place IS 'Where the person was, as shown: Hamden, Connecticut';
COMMENT ON COLUMN wire.credits.place_id IS 'GeoNames id of the place';
COMMENT ON COLUMN wire.credits.basis IS 'explicit, group (inferred from the list), clause, name (a desk''s), via; null if no place is known';
COMMENT ON COLUMN wire.credits.relation IS 'aboard, near … where it is not "in"';
COMMENT ON COLUMN wire.credits.src_start IS 'Offset of the name in source_text';
COMMENT ON COLUMN wire.credits.src_end IS 'End of the name in source_text, exclusive';

CREATE TABLE wire.contacts (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);
COMMENT ON TABLE wire.contacts IS 'One row a contact in a version''s sign-off; personal data, for the newsroom only';
COMMENT ON COLUMN wire.contacts.version_id IS 'Version';
COMMENT ON COLUMN wire.contacts.seq IS 'Place in the sign-off, from 1';
COMMENT ON COLUMN wire.contacts.kind IS 'email, phone, messaging, social, url';
COMMENT ON COLUMN wire.contacts.value IS 'As printed';

CREATE TABLE wire.quotes (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    speaker VARCHAR,
    basis VARCHAR NOT NULL,
    partial BOOLEAN NOT NULL,
    src_start INTEGER NOT NULL,
    src_end INTEGER NOT NULL
);
COMMENT ON TABLE wire.quotes IS 'One row a quotation in a version';
COMMENT ON COLUMN wire.quotes.version_id IS 'Version';
COMMENT ON COLUMN wire.quotes.seq IS 'Place in the version, from 1';
COMMENT ON COLUMN wire.quotes.text IS 'Words quoted, without the marks';
COMMENT ON COLUMN wire.quotes.speaker IS 'Who is quoted, full name where the story has it';
COMMENT ON COLUMN wire.quotes.basis IS 'explicit, coreference, adjacent, continued, lead, none';
COMMENT ON COLUMN wire.quotes.partial IS 'Less than a sentence';
COMMENT ON COLUMN wire.quotes.src_start IS 'Offset in source_text';
COMMENT ON COLUMN wire.quotes.src_end IS 'End in source_text, exclusive';

CREATE TABLE wire.instruments (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    raw VARCHAR NOT NULL,
    ric VARCHAR,
    ticker VARCHAR,
    exchange VARCHAR,
    src_start INTEGER NOT NULL,
    src_end INTEGER NOT NULL
);
COMMENT ON TABLE wire.instruments IS 'One row an instrument code in a version, at its first place';
COMMENT ON COLUMN wire.instruments.version_id IS 'Version';
COMMENT ON COLUMN wire.instruments.seq IS 'Order of first mention, from 1';
COMMENT ON COLUMN wire.instruments.raw IS 'As printed, brackets included';
COMMENT ON COLUMN wire.instruments.ric IS 'Code with its exchange: TRI.N';
COMMENT ON COLUMN wire.instruments.ticker IS 'Code without its exchange';
COMMENT ON COLUMN wire.instruments.exchange IS 'Exchange, by the code''s suffix';
COMMENT ON COLUMN wire.instruments.src_start IS 'Offset in source_text';
COMMENT ON COLUMN wire.instruments.src_end IS 'End in source_text, exclusive';

CREATE TABLE wire.conversions (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    raw VARCHAR NOT NULL,
    base VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    rate DOUBLE NOT NULL
);
COMMENT ON TABLE wire.conversions IS 'One row a currency conversion line in a version';
COMMENT ON COLUMN wire.conversions.version_id IS 'Version';
COMMENT ON COLUMN wire.conversions.seq IS 'Place in the version, from 1';
COMMENT ON COLUMN wire.conversions.raw IS 'As printed';
COMMENT ON COLUMN wire.conversions.base IS 'Currency of which there is one';
COMMENT ON COLUMN wire.conversions.quote IS 'Currency it is converted to';
COMMENT ON COLUMN wire.conversions.rate IS 'Units of quote for one of base';

CREATE TABLE wire.subjects (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    scheme VARCHAR,
    code VARCHAR,
    name VARCHAR
);
COMMENT ON TABLE wire.subjects IS 'One row a subject code that the format gave a version; schemes are never merged';
COMMENT ON COLUMN wire.subjects.version_id IS 'Version';
COMMENT ON COLUMN wire.subjects.seq IS 'Order in the format, from 1';
COMMENT ON COLUMN wire.subjects.scheme IS 'Vocabulary of the code';
COMMENT ON COLUMN wire.subjects.code IS 'Code';
COMMENT ON COLUMN wire.subjects.name IS 'Name, if the format gave one';

CREATE TABLE wire.story_links (
    from_story BIGINT NOT NULL,
    to_story BIGINT NOT NULL,
    relation VARCHAR NOT NULL,
    evidence VARCHAR,
    score DOUBLE,
    decided_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE wire.story_links IS 'One row a relation between two stories';
COMMENT ON COLUMN wire.story_links.from_story IS 'Story that has the relation: the withdrawal notice, the reprint';
COMMENT ON COLUMN wire.story_links.to_story IS 'Story that it has it to';
COMMENT ON COLUMN wire.story_links.relation IS 'withdrawal_of, reprint_of, translation_of, correction_of, related';
COMMENT ON COLUMN wire.story_links.evidence IS 'What it was decided on';
COMMENT ON COLUMN wire.story_links.score IS 'How sure, 0 to 1';
COMMENT ON COLUMN wire.story_links.decided_at IS 'When';
