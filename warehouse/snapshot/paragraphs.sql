-- grain: one row a paragraph of a version, as in the warehouse; those of the body are pieces of it.
CREATE OR REPLACE VIEW wire.paragraphs AS
SELECT
    version_id,
    p.seq AS seq,
    p.kind AS kind,
    coalesce(p.text, pieces[p.piece]) AS text,
    p.src_start AS src_start,
    p.src_end AS src_end,
    p.confidence AS confidence
FROM (
    SELECT version_id, string_split(body, chr(10) || chr(10)) AS pieces, unnest(paragraphs) AS p
    FROM data.versions
);
