-- grain: one row a quotation in a current story.
CREATE OR REPLACE VIEW mart.quotes AS
SELECT version_id, version_at, seq, speaker, text, basis, partial
FROM data.quotes
WHERE current AND (embargo_until IS NULL OR embargo_until <= now());
