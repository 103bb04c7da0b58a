-- grain: one row: how much there is, and up to when.
SELECT
    (SELECT count(*) FROM mart.current_stories) AS stories,
    (SELECT max(received_at) FROM wire.versions) AS as_of;
