-- grain: one row a story: its current version, if that is usable, past its embargo and no notice took it.
CREATE OR REPLACE VIEW mart.current_stories AS
SELECT
    v.story_id,
    v.version_id,
    v.versions,
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
FROM data.versions AS v
WHERE v.current AND (v.embargo_until IS NULL OR v.embargo_until <= now());
