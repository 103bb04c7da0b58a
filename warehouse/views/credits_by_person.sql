-- grain: one row a person or desk, role, place and agency, over the current stories.
CREATE OR REPLACE VIEW mart.credits_by_person AS
SELECT name, entity, role, place, place_id, agency, sum(stories)::BIGINT AS stories, min(first_at) AS first_at, max(last_at) AS last_at
FROM mart.bylines_by_month
WHERE role <> 'byline'
GROUP BY ALL;

COMMENT ON VIEW mart.credits_by_person IS 'One row a person or desk, role, place and agency: who did what from where, and how often';
COMMENT ON COLUMN mart.credits_by_person.name IS 'Person or desk';
COMMENT ON COLUMN mart.credits_by_person.entity IS 'person, desk, initials';
COMMENT ON COLUMN mart.credits_by_person.role IS 'reporting, editing …';
COMMENT ON COLUMN mart.credits_by_person.place IS 'Where the person was; null if the sign-off does not say';
COMMENT ON COLUMN mart.credits_by_person.place_id IS 'GeoNames id of the place';
COMMENT ON COLUMN mart.credits_by_person.agency IS 'Agency';
COMMENT ON COLUMN mart.credits_by_person.stories IS 'Stories so signed';
COMMENT ON COLUMN mart.credits_by_person.first_at IS 'Earliest of them';
COMMENT ON COLUMN mart.credits_by_person.last_at IS 'Latest of them';
