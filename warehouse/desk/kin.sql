-- grain: one row another story in a group of this one, the earliest first.
SELECT
    g.kind,
    o.story_id,
    o.story_id = o.original_id AS original,
    c.publisher,
    c.headline,
    c.version_at
FROM wire.groups AS g
JOIN wire.groups AS o ON o.kind = g.kind AND o.root_id = g.root_id AND o.story_id <> g.story_id
JOIN (
    SELECT
        story_id,
        arg_max(publisher, version_at) AS publisher,
        arg_max(headline, version_at) AS headline,
        min(version_at) AS version_at
    FROM wire.versions
    WHERE story_id IN (
        SELECT b.story_id
        FROM wire.groups AS a
        JOIN wire.groups AS b ON b.kind = a.kind AND b.root_id = a.root_id
        WHERE a.story_id = $story
    )
    GROUP BY story_id
) AS c ON c.story_id = o.story_id
WHERE g.story_id = $story
ORDER BY g.kind, c.version_at, o.story_id
LIMIT 200;
