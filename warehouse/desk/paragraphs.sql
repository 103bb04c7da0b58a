-- grain: one row a paragraph of a version.
SELECT kind, src_start, src_end FROM wire.paragraphs WHERE version_id = $version ORDER BY seq;
