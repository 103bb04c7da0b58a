-- grain: one row a story asked for and kind of group that it is in.
SELECT g.story_id, g.kind, g.root_id, g.original_id
FROM wire.groups AS g
SEMI JOIN incoming_asked AS a ON a.story_id = g.story_id;
