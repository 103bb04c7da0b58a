-- grain: one row a story: its current version, if that is usable, past its embargo and no notice took it.
CREATE OR REPLACE VIEW mart.current_stories AS
SELECT
    v.story_id,
    v.version_id,
    n.versions,
    v.supersedes_id AS before_id,
    v.relation,
    v.source_id,
    v.agency,
    v.language,
    v.headline,
    v.labels,
    v.genre,
    v.slug,
    v.byline_raw AS byline,
    v.dateline_raw AS dateline,
    v.ed_note,
    v.body,
    v.word_count,
    v.url,
    v.published_at,
    v.updated_at,
    v.version_at,
    v.received_at,
    v.embargo_until
FROM mart.current_versions AS n
JOIN wire.versions AS v USING (version_id)
WHERE v.embargo_until IS NULL OR v.embargo_until <= now();

COMMENT ON VIEW mart.current_stories IS 'One row a story: its current version, if usable, past its embargo and not withdrawn by a notice; notices themselves are in wire.notices';
COMMENT ON COLUMN mart.current_stories.story_id IS 'Story';
COMMENT ON COLUMN mart.current_stories.version_id IS 'Its current version: joins to wire.credits, wire.paragraphs …';
COMMENT ON COLUMN mart.current_stories.versions IS 'How many versions it has had';
COMMENT ON COLUMN mart.current_stories.before_id IS 'The version before it';
COMMENT ON COLUMN mart.current_stories.relation IS 'What the current version is to the one before: new, update, correction …';
COMMENT ON COLUMN mart.current_stories.source_id IS 'Source that brought it';
COMMENT ON COLUMN mart.current_stories.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.current_stories.language IS 'ISO 639-1';
COMMENT ON COLUMN mart.current_stories.headline IS 'Headline without labels';
COMMENT ON COLUMN mart.current_stories.labels IS 'Labels of the headline: UPDATE 2, CORRECTED';
COMMENT ON COLUMN mart.current_stories.genre IS 'analysis, factbox …';
COMMENT ON COLUMN mart.current_stories.slug IS 'Slug';
COMMENT ON COLUMN mart.current_stories.byline IS 'Byline as printed';
COMMENT ON COLUMN mart.current_stories.dateline IS 'Dateline as printed';
COMMENT ON COLUMN mart.current_stories.ed_note IS 'Editor''s note';
COMMENT ON COLUMN mart.current_stories.body IS 'Body, paragraphs divided by blank lines';
COMMENT ON COLUMN mart.current_stories.word_count IS 'Words of the body';
COMMENT ON COLUMN mart.current_stories.url IS 'Address for readers';
COMMENT ON COLUMN mart.current_stories.published_at IS 'When first published';
COMMENT ON COLUMN mart.current_stories.updated_at IS 'When this version was made';
COMMENT ON COLUMN mart.current_stories.version_at IS 'updated_at, else published_at, else received_at';
COMMENT ON COLUMN mart.current_stories.received_at IS 'When it came in';
COMMENT ON COLUMN mart.current_stories.embargo_until IS 'Until when it was under embargo';
