-- The one table that must be there before any migration: which of them this warehouse has had.
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.migrations (name VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL);
COMMENT ON TABLE ops.migrations IS 'One row a migration that this warehouse has had';
COMMENT ON COLUMN ops.migrations.name IS 'Name of the file, which sorts in order';
COMMENT ON COLUMN ops.migrations.applied_at IS 'When';
