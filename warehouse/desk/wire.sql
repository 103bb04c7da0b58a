-- grain: one row a version asked for, the newest first; between two times, so that no other month is read.
SELECT
    story_id,
    version_id,
    version_at,
    agency,
    publisher,
    labels,
    headline,
    CASE WHEN headline IS NULL THEN left(body, 120) END AS lead,
    dateline_raw,
    byline_raw
FROM wire.versions
WHERE
    version_at BETWEEN $first::TIMESTAMPTZ AND $last::TIMESTAMPTZ
    AND version_id IN (SELECT unnest($versions::BIGINT[]))
ORDER BY version_at DESC, version_id;
