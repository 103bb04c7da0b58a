-- grain: one row an order of an advisory about this story.
SELECT action, noticed_at, agency, held, evidence, notice_story
FROM wire.notices
WHERE target_story = $story
ORDER BY noticed_at DESC;
