-- grain: one row a reprint or repeat: a current story that copies another current story.
-- kept: whole
CREATE OR REPLACE VIEW mart.reprints AS
SELECT
    l.from_story AS story_id,
    l.to_story AS original_id,
    l.relation,
    v.publisher,
    o.publisher AS original_publisher,
    o.agency,
    r.headline,
    p.headline AS original_headline,
    l.score AS contained,
    l.trimmed,
    p.word_count - r.word_count AS words_cut,
    l.credited,
    o.dateline_raw IS NOT NULL AND v.dateline_raw IS NULL AS dateline_stripped,
    v.version_at - o.version_at AS later,
    l.evidence
FROM wire.story_links AS l
JOIN mart.current_stories AS r ON r.story_id = l.from_story
JOIN mart.current_stories AS p ON p.story_id = l.to_story
JOIN wire.versions AS v ON v.version_id = r.version_id
JOIN wire.versions AS o ON o.version_id = p.version_id
WHERE l.relation IN ('reprint_of', 'repeat');

COMMENT ON VIEW mart.reprints IS 'One row a current story and a current story that it copies';
COMMENT ON COLUMN mart.reprints.story_id IS 'The copy';
COMMENT ON COLUMN mart.reprints.original_id IS 'What it was made from';
COMMENT ON COLUMN mart.reprints.relation IS 'reprint_of: by another publisher; repeat: by the same';
COMMENT ON COLUMN mart.reprints.publisher IS 'Who carried the copy';
COMMENT ON COLUMN mart.reprints.original_publisher IS 'Who carried the original';
COMMENT ON COLUMN mart.reprints.agency IS 'Agency of the original';
COMMENT ON COLUMN mart.reprints.headline IS 'Headline of the copy';
COMMENT ON COLUMN mart.reprints.original_headline IS 'Headline of the original';
COMMENT ON COLUMN mart.reprints.contained IS 'Share of the copy''s runs of words that stand in the original';
COMMENT ON COLUMN mart.reprints.trimmed IS 'Share of the original''s words that were left out';
COMMENT ON COLUMN mart.reprints.words_cut IS 'Words that the copy has less; negative if it has more';
COMMENT ON COLUMN mart.reprints.credited IS 'Whether the copy names the agency';
COMMENT ON COLUMN mart.reprints.dateline_stripped IS 'The original has a dateline and the copy none';
COMMENT ON COLUMN mart.reprints.later IS 'How much later the copy is';
COMMENT ON COLUMN mart.reprints.evidence IS 'What it was told by';
