-- What a speaker said, in the exact words, and in which story.
-- $speaker: Annelie Faulhammer
SELECT q.text, q.basis, c.headline
FROM wire.quotes AS q
JOIN mart.current_stories AS c USING (version_id)
WHERE q.speaker = $speaker
ORDER BY c.version_at, c.version_id, q.seq
LIMIT 20;
