-- grain: one row a current story in a running story.
-- kept: whole
CREATE OR REPLACE VIEW mart.version_chains AS
SELECT
    g.root_id AS chain_id,
    row_number() OVER (PARTITION BY g.root_id ORDER BY c.version_at, c.story_id) AS seq,
    c.story_id,
    c.version_id,
    c.version_at,
    c.agency,
    c.labels,
    c.headline,
    c.word_count,
    g.original_id = c.story_id AS began
FROM wire.groups AS g
JOIN mart.current_stories AS c USING (story_id)
WHERE g.kind = 'chain';

COMMENT ON VIEW mart.version_chains IS 'One row a current story in a running story: its updates and wrap-ups, oldest first';
COMMENT ON COLUMN mart.version_chains.chain_id IS 'The running story';
COMMENT ON COLUMN mart.version_chains.seq IS 'Place in it, from 1';
COMMENT ON COLUMN mart.version_chains.story_id IS 'Story';
COMMENT ON COLUMN mart.version_chains.version_id IS 'Its current version';
COMMENT ON COLUMN mart.version_chains.version_at IS 'When that was made';
COMMENT ON COLUMN mart.version_chains.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.version_chains.labels IS 'UPDATE 2, WRAPUP …';
COMMENT ON COLUMN mart.version_chains.headline IS 'Headline without labels';
COMMENT ON COLUMN mart.version_chains.word_count IS 'Words of the body';
COMMENT ON COLUMN mart.version_chains.began IS 'Whether it began the chain';
