-- grain: at most one row: how far a replay got that did not end.
SELECT archive_path, archive_offset, source_id, sha256, ordinal
FROM ops.replays
WHERE replay_id = $replay_id
QUALIFY row_number() OVER (ORDER BY replayed_at DESC, archive_path DESC, archive_offset DESC, source_id DESC, sha256 DESC, ordinal DESC) = 1
    AND NOT done;
