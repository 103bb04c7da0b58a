-- Links of stories whose current version has changed are judged anew.
DELETE FROM wire.story_links
WHERE from_story IN (SELECT story_id FROM incoming_asked) OR to_story IN (SELECT story_id FROM incoming_asked);
