-- grain: one row a person of an agency.
-- kept: whole
CREATE OR REPLACE VIEW mart.people AS
SELECT
    person_id,
    agency,
    arg_max(name, (mentions, length(name), name)) AS name,
    list(DISTINCT name ORDER BY name) AS names,
    list(DISTINCT evidence ORDER BY evidence) AS evidence,
    sum(mentions)::BIGINT AS mentions,
    min(first_at) AS first_at,
    max(last_at) AS last_at
FROM mart.person_names
GROUP BY person_id, agency;

COMMENT ON VIEW mart.people IS 'One row a person of an agency, name variants joined where the evidence is safe';
COMMENT ON COLUMN mart.people.person_id IS 'Person';
COMMENT ON COLUMN mart.people.agency IS 'Agency';
COMMENT ON COLUMN mart.people.name IS 'The name most often printed';
COMMENT ON COLUMN mart.people.names IS 'Every name printed';
COMMENT ON COLUMN mart.people.evidence IS 'What joined them: see mart.person_names';
COMMENT ON COLUMN mart.people.mentions IS 'Credits and bylines';
COMMENT ON COLUMN mart.people.first_at IS 'Earliest of them';
COMMENT ON COLUMN mart.people.last_at IS 'Latest of them';
