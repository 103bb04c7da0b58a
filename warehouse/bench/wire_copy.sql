-- Copy $n of the pattern: keys and words of its own, $n weeks older.
INSERT INTO wire.stories BY NAME
SELECT
    s.* REPLACE (
        rekeyed(s.story_id, $n) AS story_id,
        s.identity_key || '#' || $n AS identity_key,
        s.first_received_at - to_weeks($n) AS first_received_at
    )
FROM base_stories AS s;

INSERT INTO raw.items BY NAME
SELECT
    i.* REPLACE (
        rekeyed(i.item_id, $n) AS item_id,
        rekeyed(i.story_id, $n) AS story_id,
        rekeyed(i.identity_id, $n) AS identity_id,
        rekeyed(i.version_id, $n) AS version_id,
        sha256(i.sha256 || $n) AS sha256
    )
FROM base_items AS i;

INSERT INTO wire.versions BY NAME
SELECT
    v.* REPLACE (
        rekeyed(v.version_id, $n) AS version_id,
        rekeyed(v.supersedes_id, $n) AS supersedes_id,
        rekeyed(v.story_id, $n) AS story_id,
        rekeyed(v.item_id, $n) AS item_id,
        rekeyed(v.copy_key, $n) AS copy_key,
        v.version_at - to_weeks($n) AS version_at,
        v.published_at - to_weeks($n) AS published_at,
        v.updated_at - to_weeks($n) AS updated_at,
        v.received_at - to_weeks($n) AS received_at,
        reworded(v.headline, $n) AS headline,
        reworded(v.headline_raw, $n) AS headline_raw,
        reworded(v.body, $n) AS body,
        sha256(reworded(v.body, $n)) AS body_sha256,
        reworded(v.source_text, $n) AS source_text
    )
FROM base_versions AS v;

INSERT INTO wire.paragraphs BY NAME
SELECT p.* REPLACE (rekeyed(p.version_id, $n) AS version_id, reworded(p.text, $n) AS text)
FROM base_paragraphs AS p;

INSERT INTO wire.quotes BY NAME
SELECT q.* REPLACE (rekeyed(q.version_id, $n) AS version_id, reworded(q.text, $n) AS text)
FROM base_quotes AS q;

INSERT INTO wire.credits BY NAME
SELECT k.* REPLACE (rekeyed(k.version_id, $n) AS version_id)
FROM base_credits AS k;

INSERT INTO wire.dateline_places BY NAME
SELECT d.* REPLACE (rekeyed(d.version_id, $n) AS version_id)
FROM base_dateline_places AS d;

INSERT INTO wire.dates BY NAME
SELECT d.* REPLACE (rekeyed(d.version_id, $n) AS version_id, d.instant - to_weeks($n) AS instant)
FROM base_dates AS d;

INSERT INTO wire.changes BY NAME
SELECT c.* REPLACE (rekeyed(c.version_id, $n) AS version_id)
FROM base_changes AS c;

INSERT INTO ops.issues BY NAME
SELECT i.* REPLACE (rekeyed(i.version_id, $n) AS version_id)
FROM base_issues AS i;

INSERT INTO wire.signatures BY NAME
SELECT
    s.* REPLACE (
        rekeyed(s.key, $n) AS key,
        rekeyed(s.story_id, $n) AS story_id,
        s.version_at - to_weeks($n) AS version_at
    )
FROM base_signatures AS s;

-- one in twenty-five reprints its neighbour, three in a hundred run on from it
INSERT INTO wire.story_links BY NAME
SELECT
    rekeyed(story_id, $n) AS from_story,
    rekeyed(lag(story_id) OVER timely, $n) AS to_story,
    CASE WHEN story_id % 25 = 0 THEN 'reprint_of' ELSE 'chain' END AS relation,
    'made up' AS evidence,
    0.9 AS score,
    version_at AS decided_at,
    0.1 AS trimmed,
    TRUE AS credited,
    story_id % 25 <> 0 AS running
FROM base_versions
WHERE supersedes_id IS NULL
WINDOW timely AS (ORDER BY version_at, story_id)
QUALIFY to_story IS NOT NULL AND (story_id % 25 = 0 OR story_id % 33 = 0);

INSERT INTO ops.ledger
SELECT 'made up', source_id, date_trunc('hour', received_at) - to_weeks($n), count(*), count(*) FILTER (WHERE supersedes_id IS NULL), count(supersedes_id), 0, 0, 0
FROM base_versions
GROUP BY ALL;
