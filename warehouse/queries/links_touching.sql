-- grain: one row a pair of kin of which one is asked for.
SELECT from_story, to_story
FROM wire.story_links
WHERE from_story IN (SELECT story_id FROM incoming_asked) OR to_story IN (SELECT story_id FROM incoming_asked);
