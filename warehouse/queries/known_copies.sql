-- grain: one row a copy of the batch that stands in the warehouse already, under whatever identity.
SELECT v.copy_key, min(v.story_id) AS story_id
FROM wire.versions AS v
SEMI JOIN incoming_candidates AS c ON c.copy_key = v.copy_key
GROUP BY v.copy_key;
