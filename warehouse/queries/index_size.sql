-- grain: one row: how many stories, and how many keys they are matched by.
SELECT (SELECT count(*) FROM wire.stories) AS stories, (SELECT count(*) FROM wire.signatures) AS keys;
