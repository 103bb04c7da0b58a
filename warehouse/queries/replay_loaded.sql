-- What a payload holds, after places of it could be read that could not before.
UPDATE raw.loaded AS l
SET items = i.items, rejects = l.items + l.rejects - i.items
FROM (
    SELECT source_id, sha256, count(*) AS items
    FROM raw.items
    SEMI JOIN incoming_listings USING (source_id, sha256)
    GROUP BY source_id, sha256
) AS i
WHERE l.source_id = i.source_id AND l.sha256 = i.sha256 AND i.items > l.items AND l.items + l.rejects >= i.items;
