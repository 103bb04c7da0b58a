-- Multiply the stories that a warehouse holds by $times: each copy has keys of its own and is ten minutes
-- older than the one before, so that matching meets a warehouse of that size and a year of time.
CREATE TEMP TABLE copies AS SELECT unnest(range(1, $times)) AS n;

INSERT INTO wire.stories
SELECT (hash(s.story_id, c.n) >> 1)::BIGINT, s.identity_scheme, s.identity_key || '#' || c.n, s.source_id, s.agency, s.first_received_at
FROM wire.stories AS s CROSS JOIN copies AS c
ORDER BY c.n DESC;

INSERT INTO raw.items BY NAME
SELECT
    i.* REPLACE (
        (hash(i.item_id, c.n) >> 1)::BIGINT AS item_id,
        (hash(i.story_id, c.n) >> 1)::BIGINT AS story_id,
        (hash(i.identity_id, c.n) >> 1)::BIGINT AS identity_id,
        (hash(i.version_id, c.n) >> 1)::BIGINT AS version_id,
        sha256(i.sha256 || c.n) AS sha256
    )
FROM raw.items AS i CROSS JOIN copies AS c
ORDER BY c.n DESC;

INSERT INTO wire.versions BY NAME
SELECT
    v.* REPLACE (
        (hash(v.version_id, c.n) >> 1)::BIGINT AS version_id,
        (hash(v.story_id, c.n) >> 1)::BIGINT AS story_id,
        (hash(v.item_id, c.n) >> 1)::BIGINT AS item_id,
        (hash(v.copy_key, c.n) >> 1)::BIGINT AS copy_key,
        v.version_at - to_minutes(10 * c.n) AS version_at,
        v.headline || ' ' || c.n AS headline,
        left(v.body, 600) AS body,
        left(v.source_text, 600) AS source_text
    )
FROM wire.versions AS v CROSS JOIN copies AS c
ORDER BY c.n DESC;

INSERT INTO wire.signatures
SELECT (hash(s.key, c.n) >> 1)::BIGINT, (hash(s.story_id, c.n) >> 1)::BIGINT, s.version_at - to_minutes(10 * c.n), s.own
FROM wire.signatures AS s CROSS JOIN copies AS c
ORDER BY c.n DESC, s.version_at, s.story_id, s.key;

INSERT INTO wire.credits BY NAME
SELECT k.* REPLACE ((hash(k.version_id, c.n) >> 1)::BIGINT AS version_id)
FROM wire.credits AS k CROSS JOIN copies AS c
ORDER BY c.n DESC;

DROP TABLE copies;

CHECKPOINT warehouse;
