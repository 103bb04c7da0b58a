-- grain: one row a version that the search index must forget: no longer current, or read by other rules.
SELECT version_id
FROM data.before
WHERE current
EXCEPT
SELECT n.version_id
FROM data.versions AS n
JOIN data.before AS b USING (version_id)
WHERE n.current AND n.rules = b.rules;
