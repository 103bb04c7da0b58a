-- grain: one row a version asked for by its id; the times are given too, so that only their row groups are read.
-- From the files as such: wire.versions takes longer to plan, for the source text that it puts together again.
SELECT
    v.version_id,
    v.story_id,
    v.agency,
    coalesce(v.headline, '') AS headline,
    v.dateline_raw AS dateline,
    v.url,
    v.body
FROM data.versions AS v
WHERE
    v.version_at IN (SELECT unnest($ats::TIMESTAMPTZ []))
    AND v.version_id IN (SELECT unnest($ids::BIGINT []));
