-- grain: one row a version that a notice may mean: of its agency, from its time, with something of its name.
SELECT v.story_id, v.version_at, v.agency, v.native_id, v.url, v.slug, v.headline
FROM wire.versions AS v
ANTI JOIN wire.notices AS n ON n.notice_story = v.story_id
WHERE
    v.agency IS NOT DISTINCT FROM $agency
    AND v.version_at <= $at + INTERVAL 1 DAY
    AND (
        (
            v.version_at >= least(coalesce($day::DATE, $at::DATE) - INTERVAL 2 DAY, $at - INTERVAL 15 DAY)
            AND (
                jaro_winkler_similarity(lower(v.headline), lower($quoted)) >= 0.7
                OR lower(v.slug) = lower($slug)
                OR TRY_CAST(regexp_extract(v.native_id, '^(?:[A-Za-z]{2,8}[ -]?)?0*([0-9]{1,5})$', 1) AS INTEGER)
                = TRY_CAST(regexp_extract($reference, '^(?:[A-Za-z]{2,8}[ -]?)?0*([0-9]{1,5})$', 1) AS INTEGER)
                OR contains(lower(concat_ws(' ', v.slug, v.headline)), lower(split_part($slug, ' ', 1)))
            )
        )
        OR contains(v.native_id, $reference)
        OR contains(v.url, $reference)
    );
