-- The groups that follow from the links, and everything on disk.
INSERT INTO wire.groups
SELECT member, CASE WHEN relation = 'chain' THEN 'chain' ELSE 'cluster' END, to_story, to_story
FROM (
    SELECT DISTINCT relation, to_story, unnest([from_story, to_story]) AS member
    FROM wire.story_links
);

CHECKPOINT warehouse;
