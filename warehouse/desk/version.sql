-- grain: one row: a version with its text; its time says in which month to look.
SELECT
    v.version_id,
    v.story_id,
    v.agency,
    v.publisher,
    v.source_id,
    v.relation,
    v.pub_status,
    v.language,
    v.genre,
    v.slug,
    v.url,
    v.version_at,
    v.received_at,
    v.embargo_until,
    v.labels,
    v.standing_head,
    v.headline_raw,
    v.headline,
    v.byline_raw,
    v.dateline_raw,
    v.dateline_start,
    v.dateline_end,
    v.ed_note,
    v.word_count,
    v.source_text
FROM wire.versions AS v
WHERE v.version_id = $version AND v.version_at = $at::TIMESTAMPTZ;
