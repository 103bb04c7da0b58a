-- grain: one row: what the rows of a table are like as a whole.
SELECT NULL::DATE AS month, coalesce(bit_xor(hash(hash(t))), 0) AS mark, count(*) AS counted FROM {table} AS t;
