-- What agency formats say beyond the copy: urgency, where a version points, and what is no story.
ALTER TABLE wire.versions ADD COLUMN urgency INTEGER;
COMMENT ON COLUMN wire.versions.urgency IS 'Urgency that the format gave, 1 (most) to 9; null if none';

ALTER TABLE ops.rejects ADD COLUMN dropped BOOLEAN;
COMMENT ON COLUMN ops.rejects.dropped IS 'Whether it is no story at all (package, picture, event) and nothing is wrong with it; null as false';

CREATE TABLE wire.associations (
    version_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    relation VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    title VARCHAR
);
COMMENT ON TABLE wire.associations IS 'One row an item, picture or page that a version points to, as the format says';
COMMENT ON COLUMN wire.associations.version_id IS 'Version';
COMMENT ON COLUMN wire.associations.seq IS 'Order in the format, from 1';
COMMENT ON COLUMN wire.associations.relation IS 'derived_from, replaces, refers_to, picture, video, audio, graphic, attachment, see_also, page';
COMMENT ON COLUMN wire.associations.target IS 'Id or address, as given';
COMMENT ON COLUMN wire.associations.title IS 'Title, if the format gave one';
