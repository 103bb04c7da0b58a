-- grain: one row an order to withdraw or hold a story, and the story.
-- kept: whole
CREATE OR REPLACE VIEW mart.withdrawals AS
SELECT
    n.target_story AS story_id,
    n.action,
    n.noticed_at,
    n.agency,
    v.headline AS notice_headline,
    v.body AS notice,
    n.evidence,
    s.source_id,
    n.noticed_at - s.first_received_at AS stood
FROM wire.notices AS n
JOIN wire.versions AS v ON v.version_id = n.notice_version
LEFT JOIN wire.stories AS s ON s.story_id = n.target_story
WHERE n.action IN ('withdrawal', 'hold') AND NOT n.held;

COMMENT ON VIEW mart.withdrawals IS 'One row an order to withdraw or hold a story; of the story itself only its key';
COMMENT ON COLUMN mart.withdrawals.story_id IS 'Story that it takes; null while it has not come';
COMMENT ON COLUMN mart.withdrawals.action IS 'withdrawal, hold';
COMMENT ON COLUMN mart.withdrawals.noticed_at IS 'When the order was given';
COMMENT ON COLUMN mart.withdrawals.agency IS 'Agency that gave it';
COMMENT ON COLUMN mart.withdrawals.notice_headline IS 'Headline of the notice';
COMMENT ON COLUMN mart.withdrawals.notice IS 'Text of the notice';
COMMENT ON COLUMN mart.withdrawals.evidence IS 'What the story was found by';
COMMENT ON COLUMN mart.withdrawals.source_id IS 'Source that brought the story';
COMMENT ON COLUMN mart.withdrawals.stood IS 'How long after the story came in; negative if before';
