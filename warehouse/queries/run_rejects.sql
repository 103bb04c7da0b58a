-- grain: one row a reject that a run met first.
SELECT source_id, locator, place, stage, code, detail
FROM ops.rejects
WHERE run_id = $run_id AND dropped IS DISTINCT FROM true
ORDER BY source_id, locator, place;
