-- grain: one row a month of first versions, and what their stories are like as a whole.
SELECT month, bit_xor(mark) AS mark, count(*) AS counted FROM publishing.story_marks GROUP BY month ORDER BY month;
