-- grain: one row a current story, with all that its ninjs item says.
WITH
born AS (
    SELECT story_id, min(version_at) AS first_at, min(published_at) AS first_published_at
    FROM wire.versions
    GROUP BY story_id
),
bylines AS (
    SELECT version_id, list({'entity': entity, 'name': name} ORDER BY seq) AS authors
    FROM wire.authors
    GROUP BY version_id
),
signed AS (
    SELECT version_id, list({'role': role, 'entity': entity, 'name': name} ORDER BY seq) AS credits
    FROM wire.credits
    GROUP BY version_id
),
datelines AS (
    SELECT
        version_id,
        list({'raw': raw, 'name': name, 'place_id': place_id} ORDER BY seq) AS places
    FROM wire.dateline_places
    GROUP BY version_id
),
classified AS (
    SELECT version_id, list({'scheme': scheme, 'code': code, 'name': name} ORDER BY seq) AS subjects
    FROM wire.subjects
    GROUP BY version_id
),
priced AS (
    SELECT
        version_id,
        list({'ric': ric, 'ticker': ticker, 'exchange': exchange} ORDER BY seq) AS instruments
    FROM wire.instruments
    GROUP BY version_id
)
SELECT
    c.story_id,
    c.version_id,
    c.versions,
    s.identity_scheme,
    s.identity_key,
    v.url,
    v.pub_status,
    v.agency,
    nullif(v.publisher, v.source_id) AS publisher,
    v.language,
    v.headline_raw,
    v.headline,
    v.genre,
    v.slug,
    v.byline_raw AS byline,
    v.ed_note,
    v.rights,
    v.bullets,
    v.body,
    v.word_count,
    b.first_at,
    b.first_published_at,
    v.version_at,
    v.embargo_until,
    a.authors,
    k.credits,
    p.places,
    j.subjects,
    i.instruments
FROM mart.current_stories AS c
JOIN wire.versions AS v USING (version_id)
JOIN wire.stories AS s ON s.story_id = c.story_id
JOIN born AS b ON b.story_id = c.story_id
LEFT JOIN bylines AS a USING (version_id)
LEFT JOIN signed AS k USING (version_id)
LEFT JOIN datelines AS p USING (version_id)
LEFT JOIN classified AS j USING (version_id)
LEFT JOIN priced AS i USING (version_id);
