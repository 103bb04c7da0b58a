-- Who reprinted us, what was cut, was the dateline stripped, were we named.
-- $agency: Reuters
SELECT publisher, original_headline, headline, words_cut, dateline_stripped, credited
FROM mart.reprints
WHERE relation = 'reprint_of' AND agency = $agency
ORDER BY words_cut DESC, headline
LIMIT 20;
