-- offenders: rows of a version or story that is not there, versions without a story, stories without a version.
SELECT 'paragraph' AS kind, version_id AS key FROM wire.paragraphs ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'credit', version_id FROM wire.credits ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'author', version_id FROM wire.authors ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'dateline_place', version_id FROM wire.dateline_places ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'quote', version_id FROM wire.quotes ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'change', version_id FROM wire.changes ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'version', version_id FROM wire.versions ANTI JOIN wire.stories USING (story_id)
UNION ALL
SELECT 'superseded', supersedes_id FROM wire.versions AS v ANTI JOIN wire.versions AS b ON b.version_id = v.supersedes_id WHERE supersedes_id IS NOT NULL
UNION ALL
SELECT 'story', story_id FROM wire.stories ANTI JOIN wire.versions USING (story_id)
UNION ALL
SELECT 'link', from_story FROM wire.story_links ANTI JOIN wire.stories ON story_id = from_story
UNION ALL
SELECT 'link', to_story FROM wire.story_links ANTI JOIN wire.stories ON story_id = to_story
UNION ALL
SELECT 'group', story_id FROM wire.groups ANTI JOIN wire.stories USING (story_id)
UNION ALL
SELECT 'item', item_id FROM raw.items ANTI JOIN wire.versions USING (version_id);
