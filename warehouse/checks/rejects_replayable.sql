-- offenders: rejects of a payload that is not there to be read again.
SELECT r.reject_id, r.source_id, r.locator, r.stage, r.code, r.sha256
FROM ops.rejects AS r
ANTI JOIN raw.captures AS c ON c.sha256 = r.sha256 AND c.source_id = r.source_id
WHERE r.sha256 IS NOT NULL OR r.stage <> 'fetch';
