-- grain: one row a version of a story that is current.
CREATE OR REPLACE VIEW mart.version_history AS
SELECT
    story_id,
    version_id,
    before_id,
    relation,
    agency,
    version_at,
    greatest(received_at, embargo_until) AS shown_from,
    NULL::TIMESTAMPTZ AS shown_until
FROM mart.current_stories
UNION ALL
SELECT
    v.story_id,
    v.version_id,
    v.supersedes_id,
    v.relation,
    v.agency,
    v.version_at,
    greatest(v.received_at, v.embargo_until),
    greatest(n.received_at, n.embargo_until)
FROM wire.versions AS v
JOIN wire.versions AS n ON n.supersedes_id = v.version_id
SEMI JOIN mart.current_stories AS s ON s.story_id = v.story_id
WHERE v.pub_status = 'usable';

COMMENT ON VIEW mart.version_history IS 'One row a version of a current story, and from when to when it was what the warehouse showed';
COMMENT ON COLUMN mart.version_history.story_id IS 'Story';
COMMENT ON COLUMN mart.version_history.version_id IS 'Version';
COMMENT ON COLUMN mart.version_history.before_id IS 'The version before it';
COMMENT ON COLUMN mart.version_history.relation IS 'new, update, correction …';
COMMENT ON COLUMN mart.version_history.agency IS 'Agency';
COMMENT ON COLUMN mart.version_history.version_at IS 'When it was made';
COMMENT ON COLUMN mart.version_history.shown_from IS 'When it came in, or its embargo lifted';
COMMENT ON COLUMN mart.version_history.shown_until IS 'When the next one did; null if it is the current one';
