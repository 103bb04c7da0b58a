-- grain: one row a month of a table that has instants of its own, and what its rows are like as a whole.
SELECT date_trunc('month', {instant})::DATE AS month, bit_xor(hash(hash(t))) AS mark, count(*) AS counted
FROM {table} AS t
GROUP BY ALL
ORDER BY ALL;
