-- A running story: its updates and wrap-ups, oldest first.
-- $headline: Ferry crews on Lake Constance vote on stoppage
SELECT seq, version_at, list_transform(labels, lambda x: concat_ws(' ', x.label, x.n)) AS labels, headline, word_count
FROM mart.version_chains
WHERE chain_id IN (SELECT chain_id FROM mart.version_chains WHERE headline = $headline)
ORDER BY seq;
