-- grain: one row a story that is in a group with one of those asked for, or is asked for itself.
WITH roots AS (
    SELECT DISTINCT g.kind, g.root_id
    FROM wire.groups AS g
    SEMI JOIN incoming_asked AS a ON a.story_id = g.story_id
)
SELECT g.story_id FROM wire.groups AS g SEMI JOIN roots AS r ON r.kind = g.kind AND r.root_id = g.root_id
UNION
SELECT story_id FROM incoming_asked;
