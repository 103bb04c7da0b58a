-- The mix of headline labels, by agency.
SELECT agency, label, sum(stories)::BIGINT AS stories
FROM mart.labels_by_agency
GROUP BY ALL
ORDER BY stories DESC, agency, label;
