-- offenders: notices that would take too many stories at once, or name none: a person must decide.
-- alarm: worth a look, no fault of the rows
SELECT notice_story, notice_version, action, quoted, reference, slug, evidence, count(*) AS stories
FROM wire.notices
WHERE held
GROUP BY ALL;
