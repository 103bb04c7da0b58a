-- grain: one row a source and hour in which it was polled, loaded or had a gap: everything listed is accounted for.
CREATE OR REPLACE VIEW mart.completeness AS
WITH loaded AS (
    SELECT
        source_id,
        date_trunc('hour', loaded_at) AS hour,
        sum(listed)::BIGINT AS listed,
        sum(new_stories)::BIGINT AS new_stories,
        sum(new_versions)::BIGINT AS new_versions,
        sum(duplicates)::BIGINT AS duplicates,
        sum(rejected)::BIGINT AS rejected,
        sum(dropped)::BIGINT AS dropped
    FROM ops.ledger
    GROUP BY ALL
),
polled AS (
    SELECT
        source_id,
        date_trunc('hour', polled_at) AS hour,
        count(*) AS polls,
        count(*) FILTER (WHERE outcome NOT IN ('new', 'unchanged')) AS failed
    FROM ops.polls
    GROUP BY ALL
),
-- a gap counts in the hour in which it was noticed
gapped AS (
    SELECT
        source_id,
        date_trunc('hour', until) AS hour,
        count(*) AS gaps,
        max(until - since) AS unseen,
        sum(filled)::BIGINT AS filled,
        count(*) FILTER (WHERE sitemap IS NULL OR detail IS NOT NULL) AS open_gaps
    FROM ops.gaps
    GROUP BY ALL
)
SELECT
    source_id,
    hour,
    coalesce(l.listed, 0) AS listed,
    coalesce(l.new_stories, 0) AS new_stories,
    coalesce(l.new_versions, 0) AS new_versions,
    coalesce(l.duplicates, 0) AS duplicates,
    coalesce(l.rejected, 0) AS rejected,
    coalesce(l.dropped, 0) AS dropped,
    coalesce(l.listed - l.new_stories - l.new_versions - l.duplicates - l.rejected - l.dropped, 0) AS unaccounted,
    coalesce(p.polls, 0) AS polls,
    coalesce(p.failed, 0) AS failed,
    coalesce(g.gaps, 0) AS gaps,
    g.unseen,
    coalesce(g.filled, 0) AS filled,
    coalesce(g.open_gaps, 0) AS open_gaps
FROM loaded AS l
FULL JOIN polled AS p USING (source_id, hour)
FULL JOIN gapped AS g USING (source_id, hour);

COMMENT ON VIEW mart.completeness IS 'One row a source and hour: listed = new_stories + new_versions + duplicates + rejected + dropped, and what may have been missed';
COMMENT ON COLUMN mart.completeness.source_id IS 'Source';
COMMENT ON COLUMN mart.completeness.hour IS 'Hour (UTC), its first minute';
COMMENT ON COLUMN mart.completeness.listed IS 'Candidates that the source listed';
COMMENT ON COLUMN mart.completeness.new_stories IS 'Of these, first versions of stories';
COMMENT ON COLUMN mart.completeness.new_versions IS 'Of these, further versions';
COMMENT ON COLUMN mart.completeness.duplicates IS 'Of these, known already';
COMMENT ON COLUMN mart.completeness.rejected IS 'Of these, unreadable: rows of ops.rejects';
COMMENT ON COLUMN mart.completeness.dropped IS 'Of these, left out by a rule';
COMMENT ON COLUMN mart.completeness.unaccounted IS 'What the ledger cannot explain: always 0';
COMMENT ON COLUMN mart.completeness.polls IS 'Polls in that hour';
COMMENT ON COLUMN mart.completeness.failed IS 'Of these, failed';
COMMENT ON COLUMN mart.completeness.gaps IS 'Gaps noticed: two polls that share no story';
COMMENT ON COLUMN mart.completeness.unseen IS 'Time between those two polls, the longest';
COMMENT ON COLUMN mart.completeness.filled IS 'Stories fetched from the sitemap to fill them';
COMMENT ON COLUMN mart.completeness.open_gaps IS 'Gaps that no sitemap could fill';
