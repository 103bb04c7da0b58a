-- grain: one row a story: its current version, if that is usable and no notice took it; an embargo may still hold.
CREATE OR REPLACE VIEW mart.current_versions AS
SELECT story_id, version_id, version_at, versions
FROM data.versions
WHERE current;
