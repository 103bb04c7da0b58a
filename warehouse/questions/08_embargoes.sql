-- Stories under embargo, and when it lifts; not in any mart before then.
SELECT agency, headline, embargo_until
FROM wire.versions
WHERE embargo_until > now() AND pub_status = 'usable'
ORDER BY embargo_until;
