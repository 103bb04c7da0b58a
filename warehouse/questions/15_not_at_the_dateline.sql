-- Reporters who were elsewhere than the dateline says.
-- $since: 2026-05-01
SELECT name, place, dateline, headline
FROM mart.not_at_dateline
WHERE role = 'reporting' AND month >= $since
ORDER BY version_at DESC, name
LIMIT 5;
