-- One writer of a lake at a time: the number is ours, and PostgreSQL keeps it apart by database.
SELECT * FROM postgres_query('turns', 'SELECT set_config(''lock_timeout'', ''2s'', true)');
SELECT * FROM postgres_query('turns', 'SELECT pg_advisory_xact_lock(7719280331)::text');
