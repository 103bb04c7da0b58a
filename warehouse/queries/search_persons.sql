-- grain: one row a name in the byline or sign-off of a version asked for; the times narrow what is read.
SELECT DISTINCT b.version_id, b.name
FROM mart.bylines AS b
WHERE
    b.version_at IN (SELECT unnest($ats::TIMESTAMPTZ []))
    AND b.version_id IN (SELECT unnest($ids::BIGINT []))
ORDER BY b.version_id, b.name;
