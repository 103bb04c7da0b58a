-- grain: one row a month of versions, and what they are like as a whole.
SELECT month, bit_xor(mark) AS mark, sum(counted) AS counted FROM publishing.hours GROUP BY month ORDER BY month;
