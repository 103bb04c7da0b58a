-- grain: one row a story: where it lies, the month of its first version, and a mark of all that can change in it.
CREATE TABLE publishing.story_marks AS
SELECT
    s.rowid AS place,
    s.story_id,
    m.version_at,
    date_trunc('month', make_timestamp(epoch_us(m.version_at)))::DATE AS month,
    hash(hash(s.story_id, s.identity_scheme, s.source_id, s.agency, s.first_received_at)) AS mark
FROM wire.stories AS s
JOIN (SELECT story_id, min(version_at) AS version_at FROM publishing.marks GROUP BY story_id) AS m USING (story_id);
