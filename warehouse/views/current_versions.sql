-- grain: one row a story: its current version, if that is usable and no notice took it; an embargo may still hold.
CREATE OR REPLACE VIEW mart.current_versions AS
WITH newest AS (
    SELECT
        story_id,
        version_id,
        version_at,
        pub_status,
        relation,
        count(*) OVER (PARTITION BY story_id) AS versions
    FROM wire.versions
    QUALIFY row_number() OVER (
        PARTITION BY story_id
        ORDER BY version_at DESC, received_at DESC, version_id DESC
    ) = 1
),
ruled AS (
    SELECT target_story AS story_id, arg_max(action, noticed_at) AS action
    FROM wire.notices
    WHERE target_story IS NOT NULL AND NOT held AND action IN ('withdrawal', 'hold', 'release')
    GROUP BY target_story
)
SELECT v.story_id, v.version_id, v.version_at, v.versions
FROM newest AS v
LEFT JOIN ruled AS r USING (story_id)
ANTI JOIN wire.notices AS n ON n.notice_version = v.version_id
WHERE
    v.pub_status = 'usable'
    AND v.relation NOT IN ('withdrawal', 'hold')
    AND coalesce(r.action, 'release') = 'release';

COMMENT ON VIEW mart.current_versions IS 'One row a story: its current version, if usable and not withdrawn or held by a notice; keys only (current_stories has the rest)';
COMMENT ON COLUMN mart.current_versions.story_id IS 'Story';
COMMENT ON COLUMN mart.current_versions.version_id IS 'Its current version';
COMMENT ON COLUMN mart.current_versions.version_at IS 'When that was made: updated_at, else published_at, else received_at';
COMMENT ON COLUMN mart.current_versions.versions IS 'How many versions the story has had';
