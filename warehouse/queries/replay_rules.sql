-- What older rules read as today's do needs nothing but to say so.
UPDATE wire.versions SET rules = $rules WHERE version_id IN (SELECT version_id FROM incoming_asked) AND rules <> $rules;
