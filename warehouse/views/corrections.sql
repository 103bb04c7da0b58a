-- grain: one row a version that corrected the one before it, of stories that are current.
-- kept: whole
CREATE OR REPLACE VIEW mart.corrections AS
SELECT
    v.story_id,
    v.version_id,
    v.supersedes_id AS before_id,
    v.version_at,
    v.version_at - b.version_at AS stood,
    v.agency,
    v.source_id,
    v.headline,
    v.ed_note,
    c.changes
FROM wire.versions AS v
JOIN wire.versions AS b ON b.version_id = v.supersedes_id
SEMI JOIN mart.current_stories AS s ON s.story_id = v.story_id
LEFT JOIN (
    SELECT version_id, list(kind || coalesce(': ' || before, '') || coalesce(' → ' || after, '') ORDER BY kind NOT IN ('number', 'name'), seq) AS changes
    FROM wire.changes
    WHERE kind NOT IN ('label', 'headline', 'ed_note')
    GROUP BY version_id
) AS c ON c.version_id = v.version_id
WHERE v.relation = 'correction';

COMMENT ON VIEW mart.corrections IS 'One row a correction: what it put right and how long the error stood';
COMMENT ON COLUMN mart.corrections.story_id IS 'Story';
COMMENT ON COLUMN mart.corrections.version_id IS 'The correction';
COMMENT ON COLUMN mart.corrections.before_id IS 'The version that it corrects';
COMMENT ON COLUMN mart.corrections.version_at IS 'When it was made';
COMMENT ON COLUMN mart.corrections.stood IS 'How long the error stood';
COMMENT ON COLUMN mart.corrections.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.corrections.source_id IS 'Source that brought it';
COMMENT ON COLUMN mart.corrections.headline IS 'Headline without labels';
COMMENT ON COLUMN mart.corrections.ed_note IS 'What it says of itself: Corrects name in paragraph 2';
COMMENT ON COLUMN mart.corrections.changes IS 'What differs from the version before: figures and names first';
