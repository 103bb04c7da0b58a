-- grain: one row a speaker, agency and month, over the current stories.
-- kept: by month
CREATE OR REPLACE VIEW mart.quotes_by_speaker AS
SELECT
    date_trunc('month', c.version_at)::DATE AS month,
    c.agency,
    q.speaker,
    count(*) AS quotes,
    count(*) FILTER (WHERE q.basis = 'explicit') AS explicit,
    count(*) FILTER (WHERE q.partial) AS partial,
    count(DISTINCT c.story_id) AS stories,
    max(c.version_at) AS last_at
FROM mart.current_stories AS c
JOIN wire.quotes AS q USING (version_id)
WHERE q.speaker IS NOT NULL
GROUP BY ALL;

COMMENT ON VIEW mart.quotes_by_speaker IS 'One row a speaker, agency and month: who is quoted, and how surely';
COMMENT ON COLUMN mart.quotes_by_speaker.month IS 'Month of the story (UTC), its first day';
COMMENT ON COLUMN mart.quotes_by_speaker.agency IS 'Agency whose copy it is';
COMMENT ON COLUMN mart.quotes_by_speaker.speaker IS 'Who is quoted';
COMMENT ON COLUMN mart.quotes_by_speaker.quotes IS 'Quotations';
COMMENT ON COLUMN mart.quotes_by_speaker.explicit IS 'Of these, with the speaker named beside the words';
COMMENT ON COLUMN mart.quotes_by_speaker.partial IS 'Of these, less than a sentence';
COMMENT ON COLUMN mart.quotes_by_speaker.stories IS 'Stories';
COMMENT ON COLUMN mart.quotes_by_speaker.last_at IS 'Latest of them';
