-- grain: one row a source: its latest poll, when a poll last went well, and for how many polls in a row another site has answered.
WITH marked AS (
    SELECT
        *,
        max(polled_at) FILTER (WHERE outcome IN ('new', 'unchanged')) OVER (PARTITION BY source_id) AS seen_at,
        max(polled_at) FILTER (WHERE detail IS DISTINCT FROM 'another site''s feed') OVER (PARTITION BY source_id) AS ours_at
    FROM ops.polls
)
SELECT
    source_id, polled_at, url, outcome, failures, interval_s, next_at, listing_sha256, seen_at,
    count(*) FILTER (WHERE ours_at IS NULL OR polled_at > ours_at) OVER (PARTITION BY source_id) AS strange
FROM marked
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY polled_at DESC, run_id DESC) = 1;
