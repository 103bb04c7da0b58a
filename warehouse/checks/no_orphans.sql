-- offenders: rows of a version or story that is not there, versions without a story, stories without a version.
WITH children AS (
    SELECT 'paragraph' AS kind, version_id FROM wire.paragraphs
    UNION ALL
    SELECT 'credit', version_id FROM wire.credits
    UNION ALL
    SELECT 'author', version_id FROM wire.authors
    UNION ALL
    SELECT 'dateline_place', version_id FROM wire.dateline_places
    UNION ALL
    SELECT 'quote', version_id FROM wire.quotes
    UNION ALL
    SELECT 'change', version_id FROM wire.changes
    UNION ALL
    SELECT 'superseded', supersedes_id FROM wire.versions WHERE supersedes_id IS NOT NULL
    UNION ALL
    SELECT 'item', version_id FROM raw.items
)
SELECT kind, version_id AS key FROM children ANTI JOIN wire.versions USING (version_id)
UNION ALL
SELECT 'version', version_id FROM wire.versions ANTI JOIN wire.stories USING (story_id)
UNION ALL
SELECT 'story', story_id FROM wire.stories ANTI JOIN wire.versions USING (story_id)
UNION ALL
SELECT 'link', from_story FROM wire.story_links ANTI JOIN wire.stories ON story_id = from_story
UNION ALL
SELECT 'link', to_story FROM wire.story_links ANTI JOIN wire.stories ON story_id = to_story
UNION ALL
SELECT 'group', story_id FROM wire.groups ANTI JOIN wire.stories USING (story_id);
