-- grain: one row an item: its story, its groups, what it is to the original of its cluster.
WITH firsts AS (
    SELECT story_id, min_by(native_id, (version_at, item_id)) AS native_id
    FROM wire.versions
    GROUP BY story_id
),
linked AS (
    SELECT from_story, to_story, any_value(relation) AS relation
    FROM wire.story_links
    GROUP BY from_story, to_story
)
SELECT
    i.native_id AS id,
    i.story_id AS story,
    h.root_id AS chain,
    c.root_id AS cluster,
    CASE
        WHEN c.original_id = i.story_id THEN 'original'
        WHEN l.relation IS NOT NULL THEN l.relation
        WHEN c.root_id IS NOT NULL THEN 'copy'
        WHEN i.outcome = 'duplicate' THEN 'duplicate'
        ELSE v.relation
    END AS relation,
    o.native_id AS original
FROM raw.items AS i
JOIN wire.versions AS v USING (version_id)
LEFT JOIN wire.groups AS c ON c.story_id = i.story_id AND c.kind = 'cluster'
LEFT JOIN wire.groups AS h ON h.story_id = i.story_id AND h.kind = 'chain'
LEFT JOIN linked AS l ON l.from_story = i.story_id AND l.to_story = c.original_id
LEFT JOIN firsts AS o ON o.story_id = c.original_id
ORDER BY i.item_id;
