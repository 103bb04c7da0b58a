-- Kin of a story that has another key now are kin of that one, until they are judged anew.
UPDATE wire.story_links AS l SET from_story = m.story_id FROM incoming_left AS m WHERE l.from_story = m.was;
UPDATE wire.story_links AS l SET to_story = m.story_id FROM incoming_left AS m WHERE l.to_story = m.was;
UPDATE wire.groups AS g SET story_id = m.story_id FROM incoming_left AS m WHERE g.story_id = m.was;
UPDATE wire.aliases AS a SET story_id = m.story_id FROM incoming_left AS m WHERE a.story_id = m.was;
DELETE FROM wire.stories WHERE story_id IN (SELECT was FROM incoming_left);
