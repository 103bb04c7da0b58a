-- What a warehouse holds becomes the pattern that wire_copy.sql repeats; the warehouse itself is emptied.
CREATE TEMP TABLE base_stories AS FROM wire.stories;
CREATE TEMP TABLE base_items AS FROM raw.items;
CREATE TEMP TABLE base_versions AS FROM wire.versions ORDER BY version_at;
CREATE TEMP TABLE base_paragraphs AS FROM wire.paragraphs;
CREATE TEMP TABLE base_quotes AS FROM wire.quotes;
CREATE TEMP TABLE base_credits AS FROM wire.credits;
CREATE TEMP TABLE base_dateline_places AS FROM wire.dateline_places;
CREATE TEMP TABLE base_dates AS FROM wire.dates;
CREATE TEMP TABLE base_changes AS FROM wire.changes;
CREATE TEMP TABLE base_issues AS FROM ops.issues;
CREATE TEMP TABLE base_signatures AS FROM wire.signatures;

DELETE FROM wire.stories;
DELETE FROM raw.items;
DELETE FROM wire.versions;
DELETE FROM wire.paragraphs;
DELETE FROM wire.quotes;
DELETE FROM wire.credits;
DELETE FROM wire.dateline_places;
DELETE FROM wire.dates;
DELETE FROM wire.changes;
DELETE FROM ops.issues;
DELETE FROM wire.signatures;
DELETE FROM ops.ledger;

CREATE TEMP MACRO rekeyed(key, n) AS CASE WHEN key IS NOT NULL THEN (hash(key, n) >> 1)::BIGINT END;
