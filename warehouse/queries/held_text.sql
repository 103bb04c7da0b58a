-- How many versions are held, and how many bytes of text they were read from.
SELECT count(*), sum(strlen(source_text))::BIGINT FROM wire.versions;
