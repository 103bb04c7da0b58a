-- grain: one row a story asked for that has no version left.
SELECT a.story_id FROM incoming_asked AS a ANTI JOIN wire.versions AS v ON v.story_id = a.story_id;
