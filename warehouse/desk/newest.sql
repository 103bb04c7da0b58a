-- grain: one row a current story that the filters let through, the newest first: keys only.
SELECT c.version_id, c.version_at, c.versions
FROM mart.current_stories AS c
WHERE
    ($agency::VARCHAR IS NULL OR c.agency = $agency)
    AND ($since::TIMESTAMPTZ IS NULL OR (c.version_at >= $since AND c.version_at < $since::TIMESTAMPTZ + INTERVAL 1 DAY))
    AND ($label::VARCHAR IS NULL OR list_contains(list_transform(c.labels, lambda said: said.label), $label))
    AND (len($words::VARCHAR[]) = 0 OR len(list_filter(
        $words::VARCHAR[],
        lambda word: NOT contains(strip_accents(lower(coalesce(c.headline, ''))), word)
    )) = 0)
    AND ($place::VARCHAR IS NULL OR c.version_id IN (
        SELECT p.version_id
        FROM wire.dateline_places AS p
        WHERE
            contains(strip_accents(lower(coalesce(p.name, p.raw))), $place)
            OR p.country = upper($place)
    ))
    AND ($person::VARCHAR IS NULL OR c.version_id IN (
        SELECT k.version_id FROM wire.credits AS k WHERE contains(strip_accents(lower(k.name)), $person)
        UNION ALL
        SELECT a.version_id FROM wire.authors AS a WHERE contains(strip_accents(lower(a.name)), $person)
    ))
ORDER BY c.version_at DESC, c.version_id
LIMIT 61;
