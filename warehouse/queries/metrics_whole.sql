-- grain: one row: what Prometheus is told of the warehouse as a whole.
SELECT
    (SELECT count(*) FROM wire.stories) AS stories,
    (SELECT count(*) FROM wire.versions) AS versions,
    (SELECT count(*) FROM ops.rejects) AS rejects,
    (SELECT count(*) FROM ops.runs ANTI JOIN ops.run_ends USING (run_id)) AS unended_runs,
    (
        SELECT coalesce(sum(listed - new_stories - new_versions - duplicates - rejected - dropped), 0)
        FROM ops.ledger
    ) AS unaccounted;
