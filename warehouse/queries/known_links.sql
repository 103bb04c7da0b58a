-- grain: one row an address of the group that some version has.
SELECT DISTINCT v.url
FROM wire.versions AS v
SEMI JOIN incoming_locators AS l ON l.locator = v.url;
