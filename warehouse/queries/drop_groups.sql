-- Groups of stories whose links have changed are made anew.
DELETE FROM wire.groups WHERE story_id IN (SELECT story_id FROM incoming_asked);
