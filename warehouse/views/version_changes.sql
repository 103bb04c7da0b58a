-- grain: one row a change that a version made against the version before it.
CREATE OR REPLACE VIEW mart.version_changes AS
SELECT
    v.story_id,
    v.version_id,
    v.supersedes_id AS before_id,
    v.relation,
    v.agency,
    v.version_at,
    v.version_at - b.version_at AS stood,
    c.seq,
    c.kind,
    c.paragraph,
    c.before,
    c.after
FROM wire.changes AS c
JOIN wire.versions AS v USING (version_id)
JOIN wire.versions AS b ON b.version_id = v.supersedes_id
JOIN mart.current_stories AS s ON s.story_id = v.story_id;

COMMENT ON VIEW mart.version_changes IS 'One row a change that a version made against the one before it, of stories that are current';
COMMENT ON COLUMN mart.version_changes.story_id IS 'Story';
COMMENT ON COLUMN mart.version_changes.version_id IS 'Version that made the change';
COMMENT ON COLUMN mart.version_changes.before_id IS 'Version before it';
COMMENT ON COLUMN mart.version_changes.relation IS 'update, correction, refile …';
COMMENT ON COLUMN mart.version_changes.agency IS 'Agency';
COMMENT ON COLUMN mart.version_changes.version_at IS 'When it was made';
COMMENT ON COLUMN mart.version_changes.stood IS 'How long the version before had stood';
COMMENT ON COLUMN mart.version_changes.seq IS 'Order of the changes, from 1';
COMMENT ON COLUMN mart.version_changes.kind IS 'headline, label, dateline, byline, ed_note, status, paragraph_added, paragraph_removed, paragraph_changed, paragraph_moved, number, name, credit_added, credit_removed';
COMMENT ON COLUMN mart.version_changes.paragraph IS 'Paragraph of the new version, from 0; of the old one where it was removed';
COMMENT ON COLUMN mart.version_changes.before IS 'What stood before';
COMMENT ON COLUMN mart.version_changes.after IS 'What stands now';
