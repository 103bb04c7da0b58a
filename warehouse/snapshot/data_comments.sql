-- What the files of versions hold beside the columns of wire.versions.
COMMENT ON VIEW data.versions IS 'One row a version as the files have it: ask wire.versions and wire.paragraphs, which put texts together again';
COMMENT ON VIEW data.quotes IS 'One row a quotation as the files have it, by speaker: ask wire.quotes and mart.quotes';
COMMENT ON COLUMN data.quotes.version_at IS 'When its version was made: updated_at, else published_at, else received_at';
COMMENT ON COLUMN data.quotes.current IS 'Whether its version is in mart.current_versions';
COMMENT ON COLUMN data.quotes.embargo_until IS 'Not to be shown before';
COMMENT ON COLUMN data.versions.body_sha256 IS 'Null where it is the SHA-256 of the body, as it should be';
COMMENT ON COLUMN data.versions.source_text IS 'Null where it can be put together from body, gaps, spaces and odd';
COMMENT ON COLUMN data.versions.current IS 'Whether it is in mart.current_versions';
COMMENT ON COLUMN data.versions.versions IS 'How many versions its story has had; null unless it is current';
COMMENT ON COLUMN data.versions.paragraphs IS 'Its paragraphs; text is null for those that are a piece of the body';
COMMENT ON COLUMN data.versions.gaps IS 'What stands in the source text before, between and after the pieces of the body';
COMMENT ON COLUMN data.versions.spaces IS 'For pieces printed with other white space: what stands between their words';
COMMENT ON COLUMN data.versions.odd IS 'For pieces printed otherwise: the piece as printed';
