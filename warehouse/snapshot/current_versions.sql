-- grain: one row a story: its current version, if that is usable and no notice took it; an embargo may still hold.
CREATE OR REPLACE VIEW mart.current_versions AS
SELECT story_id, version_id, version_at, versions
FROM data.versions
WHERE current;

COMMENT ON VIEW mart.current_versions IS 'One row a story: its current version, if usable and not withdrawn or held by a notice; keys only (current_stories has the rest)';
COMMENT ON COLUMN mart.current_versions.story_id IS 'Story';
COMMENT ON COLUMN mart.current_versions.version_id IS 'Its current version';
COMMENT ON COLUMN mart.current_versions.version_at IS 'When that was made: updated_at, else published_at, else received_at';
COMMENT ON COLUMN mart.current_versions.versions IS 'How many versions the story has had';
