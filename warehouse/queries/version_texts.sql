-- grain: one row a version of the stories asked for, in their order.
WITH asked AS (
    SELECT v.* FROM wire.versions AS v SEMI JOIN incoming_asked AS a USING (story_id)
),
said AS (
    SELECT p.version_id, list(p.text ORDER BY p.seq) AS paragraphs
    FROM wire.paragraphs AS p
    SEMI JOIN asked AS v ON v.version_id = p.version_id
    WHERE p.kind IN ('body', 'crosshead')
    GROUP BY p.version_id
),
signed AS (
    SELECT k.version_id, list({'role': k.role, 'name': k.name, 'place': k.place} ORDER BY k.seq) AS credits
    FROM wire.credits AS k
    SEMI JOIN asked AS v ON v.version_id = k.version_id
    GROUP BY k.version_id
)
SELECT
    v.version_id, v.supersedes_id, v.headline, v.labels, v.dateline_raw, v.byline_raw, v.ed_note, v.pub_status,
    coalesce(s.paragraphs, []) AS paragraphs, coalesce(c.credits, []) AS credits
FROM asked AS v
LEFT JOIN said AS s USING (version_id)
LEFT JOIN signed AS c USING (version_id)
ORDER BY v.story_id, v.version_at, v.version_id;
