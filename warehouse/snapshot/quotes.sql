-- grain: one row a quotation in a current story.
CREATE OR REPLACE VIEW mart.quotes AS
SELECT version_id, version_at, seq, speaker, text, basis, partial
FROM data.quotes
WHERE current AND (embargo_until IS NULL OR embargo_until <= now());

COMMENT ON VIEW mart.quotes IS 'One row a quotation in a current story; join mart.current_stories USING (version_id, version_at) for the rest';
COMMENT ON COLUMN mart.quotes.version_id IS 'Its version';
COMMENT ON COLUMN mart.quotes.version_at IS 'When that version was made';
COMMENT ON COLUMN mart.quotes.seq IS 'Order in the story, from 1';
COMMENT ON COLUMN mart.quotes.speaker IS 'Who is quoted; null if nobody could be told';
COMMENT ON COLUMN mart.quotes.text IS 'The quoted words';
COMMENT ON COLUMN mart.quotes.basis IS 'How the speaker was found: explicit, coreference, continued, adjacent, lead, none';
COMMENT ON COLUMN mart.quotes.partial IS 'Whether it is less than a sentence';
