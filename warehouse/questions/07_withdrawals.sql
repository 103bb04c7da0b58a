-- Withdrawn stories and the notice that killed them.
SELECT noticed_at, agency, notice_headline, evidence
FROM mart.withdrawals
WHERE action = 'withdrawal'
ORDER BY noticed_at DESC
LIMIT 20;
