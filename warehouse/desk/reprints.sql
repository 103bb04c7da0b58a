-- grain: one row a copy of a story, the earliest first.
SELECT
    r.story_id,
    r.relation,
    r.publisher,
    r.original_publisher,
    r.headline,
    r.original_headline,
    r.contained,
    r.trimmed,
    r.credited,
    r.dateline_stripped,
    r.later,
    epoch(r.later) / 3600 AS hours,
    r.evidence
FROM mart.reprints AS r
WHERE r.original_id = $story
ORDER BY r.later, r.story_id
LIMIT 300;
