-- A story has the agency of the first of its versions.
UPDATE wire.stories AS s
SET agency = f.agency
FROM (
    SELECT v.story_id, v.agency
    FROM wire.versions AS v
    SEMI JOIN incoming_asked AS a USING (story_id)
    QUALIFY row_number() OVER (PARTITION BY v.story_id ORDER BY v.received_at, v.version_id) = 1
) AS f
WHERE s.story_id = f.story_id AND s.agency IS DISTINCT FROM f.agency;
