-- Kinship: who carried a story, what it is to others, and notices that act on others.
ALTER TABLE wire.versions ADD COLUMN publisher VARCHAR;
COMMENT ON COLUMN wire.versions.publisher IS 'Who carried it: the name that came with it, else the source';

ALTER TABLE wire.versions ADD COLUMN declared VARCHAR;
COMMENT ON COLUMN wire.versions.declared IS 'What it says it is: by its status, labels and notes; relation is what that makes it in its place';
COMMENT ON COLUMN wire.versions.supersedes_id IS 'Version before it, by their own times';
COMMENT ON COLUMN wire.versions.item_id IS 'Earliest sighting of it';
COMMENT ON COLUMN wire.versions.received_at IS 'When it first came in';

CREATE TABLE wire.signatures (
    key BIGINT NOT NULL,
    story_id BIGINT NOT NULL,
    version_at TIMESTAMPTZ NOT NULL,
    own BOOLEAN NOT NULL
);
COMMENT ON COLUMN wire.signatures.own IS 'Whether an agency itself carried it';
COMMENT ON TABLE wire.signatures IS 'One row a key of a version: stories that could be kin share one';
COMMENT ON COLUMN wire.signatures.key IS 'Hash of a run of words (a MinHash band), or of number, slug, headline';
COMMENT ON COLUMN wire.signatures.story_id IS 'Story';
COMMENT ON COLUMN wire.signatures.version_at IS 'Time of the version';

ALTER TABLE wire.story_links ADD COLUMN trimmed DOUBLE;
ALTER TABLE wire.story_links ADD COLUMN credited BOOLEAN;
ALTER TABLE wire.story_links ADD COLUMN running BOOLEAN;
COMMENT ON COLUMN wire.story_links.running IS 'Whether both are versions of one running story, which makes a chain';
COMMENT ON TABLE wire.story_links IS 'One row a pair of stories that are kin, as their current versions stand';
COMMENT ON COLUMN wire.story_links.from_story IS 'The later or derived story: the reprint, the update';
COMMENT ON COLUMN wire.story_links.to_story IS 'The earlier story or the original';
COMMENT ON COLUMN wire.story_links.relation IS 'reprint_of, repeat, chain, translation_of, related';
COMMENT ON COLUMN wire.story_links.score IS 'Share of the shorter one''s runs of words that stand in the longer one, 0 to 1';
COMMENT ON COLUMN wire.story_links.trimmed IS 'Share of the original''s words that a reprint left out';
COMMENT ON COLUMN wire.story_links.credited IS 'Whether a reprint names the agency';

CREATE TABLE wire.groups (
    story_id BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    root_id BIGINT NOT NULL,
    original_id BIGINT NOT NULL
);
COMMENT ON TABLE wire.groups IS 'One row a story and kind of group that it is in; a story that is alone has none';
COMMENT ON COLUMN wire.groups.story_id IS 'Story';
COMMENT ON COLUMN wire.groups.kind IS 'cluster: copies of one story across publishers and repeats; chain: updates of one running story';
COMMENT ON COLUMN wire.groups.root_id IS 'The group: the least story id in it';
COMMENT ON COLUMN wire.groups.original_id IS 'The story that the others were made from, or that began the chain';

CREATE TABLE wire.notices (
    notice_story BIGINT NOT NULL,
    notice_version BIGINT NOT NULL,
    action VARCHAR NOT NULL,
    noticed_at TIMESTAMPTZ NOT NULL,
    agency VARCHAR,
    quoted VARCHAR,
    reference VARCHAR,
    slug VARCHAR,
    day DATE,
    target_story BIGINT,
    held BOOLEAN NOT NULL,
    evidence VARCHAR,
    score DOUBLE
);
COMMENT ON TABLE wire.notices IS 'One row an order of an advisory about another story, and target; a target of null is a tombstone that waits for its story';
COMMENT ON COLUMN wire.notices.notice_story IS 'Story that is the advisory';
COMMENT ON COLUMN wire.notices.notice_version IS 'Its version';
COMMENT ON COLUMN wire.notices.action IS 'withdrawal, hold, release, correction';
COMMENT ON COLUMN wire.notices.noticed_at IS 'When it was given';
COMMENT ON COLUMN wire.notices.agency IS 'Agency that gave it';
COMMENT ON COLUMN wire.notices.quoted IS 'Headline that it quotes';
COMMENT ON COLUMN wire.notices.reference IS 'Number or id that it names';
COMMENT ON COLUMN wire.notices.slug IS 'Slug that it names';
COMMENT ON COLUMN wire.notices.day IS 'Day that it says the story was sent';
COMMENT ON COLUMN wire.notices.target_story IS 'Story that is meant; null where none is known';
COMMENT ON COLUMN wire.notices.held IS 'It would take too many stories at once: a person must decide, until then it acts on none';
COMMENT ON COLUMN wire.notices.evidence IS 'What the target was told by';
COMMENT ON COLUMN wire.notices.score IS 'How sure, 0 to 1';

CREATE TABLE wire.changes (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    paragraph INTEGER,
    before VARCHAR,
    after VARCHAR
);
COMMENT ON TABLE wire.changes IS 'One row a change that a version made against the version before it';
COMMENT ON COLUMN wire.changes.version_id IS 'Version that made it';
COMMENT ON COLUMN wire.changes.seq IS 'Order, from 1';
COMMENT ON COLUMN wire.changes.kind IS 'headline, label, dateline, byline, ed_note, status, paragraph_added, paragraph_removed, paragraph_changed, paragraph_moved, number, name, credit_added, credit_removed';
COMMENT ON COLUMN wire.changes.paragraph IS 'Paragraph of the new version, from 0; of the old one where it was removed';
COMMENT ON COLUMN wire.changes.before IS 'What stood before';
COMMENT ON COLUMN wire.changes.after IS 'What stands now';
