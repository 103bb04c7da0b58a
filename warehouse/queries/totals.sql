-- grain: one row: what the warehouse holds.
SELECT
    (SELECT count(*) FROM wire.stories) AS stories,
    (SELECT count(*) FROM wire.versions) AS versions,
    (SELECT count(*) FROM wire.credits) AS credits,
    (SELECT coalesce(sum(rejected), 0)::BIGINT FROM ops.ledger) AS rejects;
