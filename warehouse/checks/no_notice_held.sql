-- offenders: notices that would take too many stories at once, or name none: a person must decide.
SELECT notice_story, notice_version, action, quoted, reference, slug, evidence, count(*) AS stories
FROM wire.notices
WHERE held
GROUP BY ALL;
