-- grain: one row, if the server answers.
SELECT * FROM postgres_query('turns', 'SELECT 1');
