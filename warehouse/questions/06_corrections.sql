-- Corrections by agency, and how long the error stood.
SELECT agency, count(*) AS corrections, median(stood) AS median_stood, any_value(ed_note) AS example
FROM mart.corrections
GROUP BY agency
ORDER BY corrections DESC, agency;
