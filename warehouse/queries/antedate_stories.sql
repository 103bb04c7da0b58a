-- A story came in when the first of its versions did, and has that one's agency and source.
UPDATE wire.stories AS s
SET first_received_at = f.received_at, agency = f.agency, source_id = f.source_id
FROM (
    SELECT v.story_id, v.received_at, v.agency, v.source_id
    FROM wire.versions AS v
    SEMI JOIN incoming_asked AS a USING (story_id)
    QUALIFY row_number() OVER (PARTITION BY v.story_id ORDER BY v.received_at, v.version_id) = 1
) AS f
WHERE
    s.story_id = f.story_id
    AND (s.first_received_at <> f.received_at OR s.agency IS DISTINCT FROM f.agency OR s.source_id <> f.source_id);
