-- What a speaker said, in the exact words, and in which story.
-- $speaker: Annelie Faulhammer
WITH said AS (
    SELECT * FROM mart.quotes WHERE speaker = $speaker ORDER BY version_at, version_id, seq LIMIT 20
)
-- the time beside the key, so that only the days of these stories are read
SELECT s.text, s.basis, c.headline
FROM said AS s
JOIN mart.current_stories AS c USING (version_id, version_at)
ORDER BY s.version_at, s.version_id, s.seq;
