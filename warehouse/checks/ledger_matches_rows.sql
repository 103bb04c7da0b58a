-- offenders: sources whose ledger counts another number of versions than they brought in.
WITH counted AS (
    SELECT source_id, sum(new_stories + new_versions) AS ledger FROM ops.ledger GROUP BY source_id
),
held AS (
    SELECT source_id, count(*) AS versions FROM wire.versions GROUP BY source_id
)
SELECT coalesce(c.source_id, h.source_id) AS source_id, c.ledger, h.versions
FROM counted AS c
FULL JOIN held AS h USING (source_id)
WHERE coalesce(c.ledger, 0) <> coalesce(h.versions, 0);
