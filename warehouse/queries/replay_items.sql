-- grain: one row a version whose sighting is read otherwise now: its id, its identity, the key of its entry.
SELECT
    w.version_id,
    (i.format, i.native_id, i.identity_scheme, i.identity_key, i.entry_key)::VARCHAR AS before,
    (n.format, n.native_id, n.identity_scheme, n.identity_key, n.entry_key)::VARCHAR AS after
FROM incoming_items AS n
JOIN incoming_wanted AS w USING (item_id)
JOIN raw.items AS i USING (item_id)
WHERE before IS DISTINCT FROM after;
