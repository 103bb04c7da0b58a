-- grain: one row an instrument code in a version.
SELECT raw, ric, src_start, src_end FROM wire.instruments WHERE version_id = $version ORDER BY seq;
