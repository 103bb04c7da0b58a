-- grain: one row a slice of a month: what one file of versions holds.  A slice begins with an hour.
CREATE OR REPLACE TABLE publishing.slices AS
SELECT
    month,
    since,
    lead(since, 1, (month + INTERVAL 1 MONTH)::TIMESTAMPTZ) OVER (PARTITION BY month ORDER BY since) AS until
FROM (
    SELECT date_trunc('month', since)::DATE AS month, since
    FROM (
        SELECT month::TIMESTAMPTZ AS since FROM publishing.hours
        UNION
        SELECT date_trunc('hour', unnest($cuts::TIMESTAMPTZ[]))
    )
)
SEMI JOIN publishing.hours USING (month);
