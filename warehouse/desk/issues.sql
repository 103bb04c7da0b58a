-- grain: one row something odd in a version.
SELECT code, detail FROM ops.issues WHERE version_id = $version ORDER BY seq;
