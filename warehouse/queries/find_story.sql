-- grain: one row a story that a person may mean: by its key, its id, its address or a piece of its headline.
SELECT v.story_id, count(*) AS versions, arg_max(v.headline, v.version_at) AS headline
FROM wire.versions AS v
WHERE
    v.story_id::VARCHAR = $said OR v.native_id = $said OR v.url = $said
    OR (length($said) >= 5 AND contains(lower(v.headline), lower($said)))
GROUP BY v.story_id
ORDER BY versions DESC, v.story_id
LIMIT 20;
