-- grain: one row a pair of kin among the stories asked for.
SELECT l.from_story, l.to_story, l.relation, l.score, l.evidence, l.trimmed, l.credited, l.running
FROM wire.story_links AS l
SEMI JOIN incoming_asked AS a ON a.story_id = l.from_story;
