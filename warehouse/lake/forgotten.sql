-- The instant before which nobody reads any more.
SET VARIABLE forgotten = $before::TIMESTAMPTZ;
