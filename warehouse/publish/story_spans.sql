-- grain: one row a month that is to be written: between which places of wire.stories its rows lie.
SELECT month, min(place) AS first_place, max(place) AS last_place
FROM publishing.story_marks
WHERE month IN (SELECT unnest($months::DATE[]))
GROUP BY month;
