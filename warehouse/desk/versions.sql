-- grain: one row a version of a story, the latest first.
SELECT
    v.version_id,
    v.supersedes_id,
    v.relation,
    v.pub_status,
    v.version_at,
    v.received_at,
    v.headline_raw,
    v.word_count,
    v.embargo_until
FROM wire.versions AS v
WHERE v.story_id = $story
ORDER BY v.version_at DESC, v.received_at DESC, v.version_id DESC;
