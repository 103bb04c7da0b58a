-- What readers stumbled over, by format and code.
SELECT format, code, sum(stories)::BIGINT AS stories, any_value(example) AS example
FROM mart.problems
GROUP BY ALL
ORDER BY stories DESC, format, code;
