-- grain: one row a version asked for by its id; the times are given too, so that only their row groups are read.
SELECT
    v.version_id,
    v.agency,
    v.headline,
    v.dateline_raw AS dateline,
    v.url,
    v.body
FROM wire.versions AS v
WHERE
    v.version_at IN (SELECT unnest($ats::TIMESTAMPTZ []))
    AND v.version_id IN (SELECT unnest($ids::BIGINT []));
