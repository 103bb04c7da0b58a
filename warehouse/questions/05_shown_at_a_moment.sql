-- What the warehouse showed at a given moment, by agency.
-- $at: 2030-01-01
SELECT agency, count(*) AS stories
FROM mart.version_history
WHERE shown_from <= $at AND (shown_until IS NULL OR shown_until > $at)
GROUP BY agency
ORDER BY stories DESC, agency;
