-- A story that turned out to be one that was known: its kin are that one's.
DELETE FROM wire.story_links
WHERE from_story IN (SELECT was FROM incoming_left) OR to_story IN (SELECT was FROM incoming_left);
DELETE FROM wire.groups WHERE story_id IN (SELECT was FROM incoming_left);
UPDATE wire.aliases AS a SET story_id = m.story_id FROM incoming_left AS m WHERE a.story_id = m.was;
DELETE FROM wire.stories WHERE story_id IN (SELECT was FROM incoming_left);
