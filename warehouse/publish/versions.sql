-- grain: one row a version of one slice of a month, its text kept once: the body, and what stands between its paragraphs.
-- A paragraph of the body is a piece of `body`.  The source text is those pieces with `gaps` between them; where a
-- piece was printed with other white space, `spaces` has what stands between its words, and where it was printed
-- otherwise, `odd` has it as printed.  What does not come out the same is kept whole.  Lists are zipped and never
-- indexed by a lambda, which would copy them for each element.
WITH printed AS (
    SELECT
        t.version_id,
        list({
            'seq': t.seq, 'kind': t.kind, 'src_start': t.src_start, 'src_end': t.src_end,
            'confidence': t.confidence, 'text': t.text
        } ORDER BY t.seq) AS paragraphs
    FROM wire.paragraphs AS t
    JOIN publishing.marks AS m USING (version_id)
    WHERE m.version_at >= $since AND m.version_at < $until AND t.rowid BETWEEN $first_paragraph AND $last_paragraph
    GROUP BY t.version_id
),
split AS (
    SELECT
        v.*,
        m.current,
        m.versions,
        p.paragraphs,
        list_filter(coalesce(p.paragraphs, []), lambda x: x.kind IN ('body', 'crosshead')) AS bodily,
        string_split(v.body, chr(10) || chr(10)) AS pieces
    FROM wire.versions AS v
    JOIN publishing.marks AS m USING (version_id)
    LEFT JOIN printed AS p USING (version_id)
    WHERE v.version_at >= $since AND v.version_at < $until AND v.rowid BETWEEN $first_place AND $last_place
),
fitted AS (
    SELECT
        *,
        CASE WHEN list_transform(bodily, lambda x: x.text) = pieces THEN bodily END AS fitting,
        list_transform(fitting, lambda x: x.seq) AS places,
        list_transform(fitting, lambda x: x.src_start) AS starts,
        list_transform(fitting, lambda x: x.src_end) AS ends
    FROM split
),
sliced AS (
    SELECT
        *,
        list_transform(fitting, lambda x: nullif(source_text[x.src_start + 1 : x.src_end], x.text)) AS slices,
        list_transform(
            list_zip([0] || ends, starts || [length(source_text)]), lambda x: source_text[x[1] + 1 : x[2]]
        ) AS gaps
    FROM fitted
),
spaced AS (
    SELECT
        *,
        list_transform(list_zip(slices, pieces), lambda x:
            CASE WHEN regexp_replace(x[1], '\s+', ' ', 'g') = x[2] THEN regexp_extract_all(x[1], '\s+') END
        ) AS spaces
    FROM sliced
),
other AS (
    SELECT *, list_transform(list_zip(slices, spaces), lambda x: CASE WHEN x[2] IS NULL THEN x[1] END) AS odd
    FROM spaced
),
rebuilt AS (
    SELECT
        *,
        gaps[1] || array_to_string(list_transform(list_zip(pieces, odd, spaces, gaps[2:]), lambda x:
            CASE
                WHEN x[2] IS NOT NULL THEN x[2]
                WHEN x[3] IS NOT NULL THEN array_to_string(
                    list_transform(list_zip(string_split(x[1], ' '), x[3]), lambda y: y[1] || coalesce(y[2], '')), ''
                )
                ELSE x[1]
            END || x[4]
        ), '') IS NOT DISTINCT FROM source_text AS same
    FROM other
)
SELECT
    * EXCLUDE (bodily, pieces, fitting, places, starts, ends, slices, same, paragraphs, gaps, spaces, odd)
    REPLACE (
        nullif(body_sha256, sha256(body)) AS body_sha256,
        CASE WHEN NOT same THEN source_text END AS source_text
    ),
    list_transform(paragraphs, lambda x: {
        'seq': x.seq, 'kind': x.kind, 'src_start': x.src_start, 'src_end': x.src_end, 'confidence': x.confidence,
        'piece': CASE WHEN x.kind IN ('body', 'crosshead') THEN list_position(places, x.seq) END,
        'text': CASE WHEN places IS NULL OR x.kind NOT IN ('body', 'crosshead') THEN x.text END
    }) AS paragraphs,
    CASE WHEN same THEN gaps END AS gaps,
    CASE WHEN same AND len(list_filter(spaces, lambda x: x IS NOT NULL)) > 0 THEN spaces END AS spaces,
    CASE WHEN same AND len(list_filter(odd, lambda x: x IS NOT NULL)) > 0 THEN odd END AS odd
FROM rebuilt
ORDER BY version_at, version_id;
