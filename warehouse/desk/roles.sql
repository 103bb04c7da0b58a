-- grain: one row a role, that with most credits first.
SELECT role, count(*) AS credits FROM mart.bylines GROUP BY role ORDER BY credits DESC, role;
