-- grain: one row a quotation in a version.
SELECT text, speaker, basis, src_start, src_end FROM wire.quotes WHERE version_id = $version ORDER BY seq;
