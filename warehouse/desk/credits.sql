-- grain: one row a person or desk, role and place in the sign-off of a version.
SELECT name, entity, role, place, relation, title, org, basis, src_start, src_end
FROM wire.credits
WHERE version_id = $version
ORDER BY seq;
