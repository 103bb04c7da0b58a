-- Loads by several processes: each changes one row, so that no two can decide on the same footing.
CREATE TABLE ops.turn (taken BIGINT NOT NULL);
COMMENT ON TABLE ops.turn IS 'One row: changed by every transaction that decides, so that two at once conflict';
COMMENT ON COLUMN ops.turn.taken IS 'How many such transactions there were';
INSERT INTO ops.turn VALUES (0);
