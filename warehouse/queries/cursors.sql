-- grain: one row a source and address: what its next poll should send.  Not what a run saved that was killed before it had noted its poll: a gap that it was filling would stay hidden behind a 304.
SELECT c.source_id, c.locator, c.etag, c.last_modified
FROM ops.cursors AS c
SEMI JOIN ops.polls AS p ON p.source_id = c.source_id AND p.run_id = c.run_id
QUALIFY row_number() OVER (PARTITION BY c.source_id, c.locator ORDER BY c.saved_at DESC) = 1;
