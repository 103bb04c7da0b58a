-- grain: one row a version: where it lies, its month, whether it is current, and a mark of all that can change in it.
CREATE TABLE publishing.marks AS
SELECT
    v.rowid AS place,
    v.version_id,
    v.story_id,
    v.version_at,
    -- as a plain timestamp: what is done to one with a time zone goes through ICU, four times as slowly
    date_trunc('month', make_timestamp(epoch_us(v.version_at)))::DATE AS month,
    c.version_id IS NOT NULL AS current,
    c.versions,
    v.embargo_until,
    -- an embargo that lifts changes what the marts of its month hold; hashed twice, because marks are joined by XOR, in
    -- which the same change in two rows would else be none
    hash(hash(
        v.version_id, v.story_id, v.item_id, v.version_at, v.received_at, v.relation, v.supersedes_id, v.pub_status,
        v.rules, c.versions, coalesce(v.embargo_until > $now, false)
    )) AS mark
FROM wire.versions AS v
LEFT JOIN mart.current_versions AS c USING (version_id);
