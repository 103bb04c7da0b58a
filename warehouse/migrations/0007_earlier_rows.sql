-- What versions loaded before 0005 and 0006 would have had: in a migration of its own, since DuckDB lets no
-- transaction both alter a table and change its rows.
UPDATE wire.versions SET version_at = coalesce(updated_at, published_at, received_at) WHERE version_at IS NULL;
UPDATE wire.versions SET publisher = source_id WHERE publisher IS NULL;
UPDATE wire.versions SET declared = CASE relation WHEN 'new' THEN 'update' ELSE relation END WHERE declared IS NULL;
