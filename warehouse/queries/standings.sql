-- grain: one row a source: its latest poll.
SELECT source_id, polled_at, url, outcome, failures, interval_s, next_at, listing_sha256
FROM ops.polls
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY polled_at DESC, run_id DESC) = 1;
