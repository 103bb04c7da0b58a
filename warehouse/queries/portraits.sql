-- grain: one row a story that was asked for: its current version, as far as kin are told by it.
-- Where its row lies is found first: else the bodies of all versions were read for those of a few.  In a lake
-- several rows of one transaction may lie under one number, so the version's key must agree too.
WITH latest AS (
    SELECT v.version_id, v.rowid AS lies
    FROM wire.versions AS v
    SEMI JOIN incoming_asked AS a ON a.story_id = v.story_id
    QUALIFY row_number() OVER (
        PARTITION BY v.story_id ORDER BY v.version_at DESC, v.received_at DESC, v.version_id DESC
    ) = 1
),
current AS (
    SELECT v.*
    FROM wire.versions AS v
    SEMI JOIN latest AS l ON l.version_id = v.version_id AND l.lies = v.rowid
),
named AS (
    SELECT version_id, list(name ORDER BY place, seq) AS names
    FROM (
        SELECT a.version_id, a.name, 0 AS place, a.seq
        FROM wire.authors AS a
        SEMI JOIN current AS c ON c.version_id = a.version_id
        UNION ALL
        SELECT k.version_id, k.name, 1, k.seq
        FROM wire.credits AS k
        SEMI JOIN current AS c ON c.version_id = k.version_id
    )
    GROUP BY version_id
)
SELECT
    c.story_id, c.version_id, c.version_at, c.publisher, c.agency, c.native_id, c.url, c.slug, c.headline,
    c.labels, c.byline_raw, c.dateline_raw, coalesce(n.names, []) AS names, c.language, c.body, c.pub_status
FROM current AS c
LEFT JOIN named AS n USING (version_id);
