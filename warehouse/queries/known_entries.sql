-- grain: one row an entry of the group that was met before: its story, and the page it was followed to if any.
SELECT
    i.entry_key,
    any_value(i.identity_scheme) AS identity_scheme,
    any_value(i.identity_key) AS identity_key,
    any_value(i.identity_id) AS identity_id,
    arg_max(i.story_id, i.page_sha256) AS story_id,
    arg_max(i.version_id, i.page_sha256) AS version_id,
    max(i.page_sha256) AS page_sha256
FROM raw.items AS i
SEMI JOIN incoming_entries AS e ON e.entry_key = i.entry_key
GROUP BY i.entry_key;
