-- grain: one row an agency.
INSERT INTO ref.agencies
SELECT a.* FROM incoming_agencies AS a
ANTI JOIN ref.agencies AS known USING (agency_key);
