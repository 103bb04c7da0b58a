-- Rulings on these notices are made anew.
DELETE FROM wire.notices WHERE notice_version IN (SELECT version_id FROM incoming_asked);
