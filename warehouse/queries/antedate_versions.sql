-- A version came in when the earliest of its sightings did, and that one brought it in.
UPDATE wire.versions AS v
SET
    received_at = e.received_at,
    item_id = e.item_id,
    version_at = CASE WHEN v.version_at = v.received_at THEN e.received_at ELSE v.version_at END
FROM incoming_earlier AS e
WHERE v.version_id = e.version_id;
