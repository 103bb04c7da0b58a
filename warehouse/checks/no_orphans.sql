-- offenders: rows of a version that is not there, versions without a story, stories without a version.
SELECT 'paragraph' AS kind, version_id AS key FROM wire.paragraphs ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'credit', version_id FROM wire.credits ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'dateline_place', version_id FROM wire.dateline_places ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'version', version_id FROM wire.versions ANTI JOIN wire.stories USING (story_id)
UNION ALL
SELECT 'story', story_id FROM wire.stories ANTI JOIN wire.versions USING (story_id)
UNION ALL
SELECT 'item', item_id FROM raw.items ANTI JOIN wire.versions USING (version_id);
