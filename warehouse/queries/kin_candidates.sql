-- grain: one row a pair of stories, one of them new or changed in this load, that share a key within the window.
-- Of a key that very many share, the earliest of the agencies' own and of the others are enough: originals
-- stand there.
WITH fresh AS (
    SELECT DISTINCT s.key, d.story_id, v.version_at
    FROM incoming_signatures AS s
    JOIN incoming_decisions AS d ON d.item_id = s.item_id AND d.outcome = 'version'
    JOIN incoming_versions AS v ON v.item_id = s.item_id
),
near AS (
    SELECT key, story_id, own, min(version_at) AS version_at
    FROM wire.signatures
    SEMI JOIN fresh USING (key)
    WHERE version_at BETWEEN $first AND $last
    GROUP BY key, story_id, own
),
met AS (
    SELECT f.story_id AS one, n.story_id AS other
    FROM fresh AS f
    JOIN near AS n ON n.key = f.key AND n.story_id <> f.story_id
    WHERE n.version_at BETWEEN f.version_at - to_seconds($window) AND f.version_at + to_seconds($window)
    QUALIFY row_number() OVER (
        PARTITION BY f.key, f.story_id, n.own
        ORDER BY n.version_at, n.story_id
    ) <= $heads
),
partners AS (
    SELECT l.from_story AS one, l.to_story AS other
    FROM wire.story_links AS l
    WHERE l.from_story IN (SELECT story_id FROM fresh) OR l.to_story IN (SELECT story_id FROM fresh)
)
SELECT DISTINCT least(one, other) AS one, greatest(one, other) AS other
FROM (FROM met UNION ALL FROM partners);
