-- grain: one row an identity of the batch that stands for a story of another one.
SELECT a.identity_id, min(a.story_id) AS story_id
FROM wire.aliases AS a
SEMI JOIN incoming_candidates AS c ON c.story_id = a.identity_id
GROUP BY a.identity_id;
