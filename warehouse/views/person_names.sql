-- grain: one row a printed name of a person and the agency that printed it.
-- kept: whole
CREATE OR REPLACE VIEW mart.person_names AS
-- Conservative: two spellings are one person only within an agency, and only if they differ in case, accents and
-- punctuation alone, or in a middle initial that no other bearer of the name has another of.
WITH printed AS (
    SELECT agency, name, sum(stories)::BIGINT AS mentions, min(first_at) AS first_at, max(last_at) AS last_at
    FROM mart.bylines_by_month
    WHERE entity = 'person'
    GROUP BY agency, name
),
spelt AS (
    SELECT *, trim(regexp_replace(lower(strip_accents(replace(replace(name, '''', ''), '’', ''))), '[^\pL]+', ' ', 'g')) AS spelling
    FROM printed
),
parted AS (
    SELECT
        *,
        regexp_replace(spelling, '^(\pL{2,})( \pL)+ (\pL{2,})', '\1 \3') AS plain,
        nullif(regexp_extract(spelling, '^\pL{2,}((?: \pL)+) \pL{2,}', 1), '') AS initials
    FROM spelt
),
judged AS (
    SELECT
        *,
        -- several bearers with other initials: nobody can say which of them the bare name is
        count(DISTINCT initials) OVER (PARTITION BY agency, plain) > 1 AS several
    FROM parted
),
keyed AS (
    SELECT *, CASE WHEN several THEN spelling ELSE plain END AS person_key
    FROM judged
)
SELECT
    agency,
    name,
    (md5_number_lower(coalesce(agency, '') || '|' || person_key) >> 1)::BIGINT AS person_id,
    CASE
        WHEN count(*) OVER persons = 1 THEN 'only name'
        WHEN count(DISTINCT coalesce(initials, '')) OVER persons > 1 THEN 'middle initial'
        ELSE 'spelling'
    END AS evidence,
    mentions,
    first_at,
    last_at
FROM keyed
WINDOW persons AS (PARTITION BY agency, person_key);

COMMENT ON VIEW mart.person_names IS 'One row a printed name of a person and agency: whose name it is, as far as can be told';
COMMENT ON COLUMN mart.person_names.agency IS 'Agency; the same name at two agencies is two persons';
COMMENT ON COLUMN mart.person_names.name IS 'As in the credits';
COMMENT ON COLUMN mart.person_names.person_id IS 'Person: hash of agency and plain name';
COMMENT ON COLUMN mart.person_names.evidence IS 'only name: nobody else is so called; spelling: differs from another in case, accents or punctuation; middle initial: the same but for one that some of them leave out';
COMMENT ON COLUMN mart.person_names.mentions IS 'Credits and bylines with this name';
COMMENT ON COLUMN mart.person_names.first_at IS 'Earliest of them';
COMMENT ON COLUMN mart.person_names.last_at IS 'Latest of them';
