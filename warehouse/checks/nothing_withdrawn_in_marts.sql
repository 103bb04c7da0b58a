-- offenders: stories in mart.current_stories that are withdrawn, held or under embargo.
-- publish: touched months
WITH newest AS (
    SELECT story_id, arg_max(pub_status, (version_at, received_at, version_id)) AS pub_status,
        arg_max(relation, (version_at, received_at, version_id)) AS relation,
        max_by(embargo_until, (version_at, received_at, version_id)) AS embargo_until
    FROM wire.versions
    GROUP BY story_id
),
ruled AS (
    SELECT target_story AS story_id, arg_max(action, noticed_at) AS action
    FROM wire.notices
    WHERE target_story IS NOT NULL AND NOT held AND action IN ('withdrawal', 'hold', 'release')
    GROUP BY target_story
)
SELECT c.story_id, n.pub_status, n.relation, n.embargo_until, r.action
FROM mart.current_stories AS c
JOIN newest AS n USING (story_id)
LEFT JOIN ruled AS r USING (story_id)
WHERE n.pub_status <> 'usable' OR n.relation IN ('withdrawal', 'hold') OR n.embargo_until > now() OR r.action IN ('withdrawal', 'hold');
