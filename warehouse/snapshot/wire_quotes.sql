-- grain: one row a quotation, as in the warehouse.
CREATE OR REPLACE VIEW wire.quotes AS SELECT * EXCLUDE (version_at, current, embargo_until) FROM data.quotes;
