-- Rows that are read otherwise now make room: of each version only those of the tables that differ.
DELETE FROM wire.signatures
WHERE (story_id, version_at) IN (
    SELECT (v.story_id, v.version_at)
    FROM wire.versions AS v
    JOIN incoming_differing AS d USING (version_id)
    WHERE
        d.field = 'signatures'
        AND NOT EXISTS (
            FROM wire.versions AS o
            WHERE
                o.story_id = v.story_id
                AND o.version_at = v.version_at
                -- keys do not say of which version they are: they go when all of their time do
                AND o.version_id NOT IN (SELECT version_id FROM incoming_differing WHERE field = 'signatures')
        )
);
DELETE FROM wire.paragraphs WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'paragraphs');
DELETE FROM wire.authors WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'authors');
DELETE FROM wire.dateline_places WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'dateline_places');
DELETE FROM wire.credits WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'credits');
DELETE FROM wire.contacts WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'contacts');
DELETE FROM wire.quotes WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'quotes');
DELETE FROM wire.instruments WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'instruments');
DELETE FROM wire.conversions WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'conversions');
DELETE FROM wire.dates WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'dates');
DELETE FROM wire.subjects WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'subjects');
DELETE FROM wire.associations WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'associations');
DELETE FROM ops.issues WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'issues');
DELETE FROM wire.notices WHERE notice_version IN (SELECT version_id FROM incoming_differing WHERE field = 'notices');
DELETE FROM raw.items
WHERE item_id IN (
    SELECT v.item_id FROM wire.versions AS v JOIN incoming_differing AS d USING (version_id) WHERE d.field = 'items'
);
DELETE FROM wire.versions WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'versions');
DELETE FROM wire.changes WHERE version_id IN (SELECT version_id FROM incoming_differing WHERE field = 'changes');
