-- grain: one row an hour of versions: what they are like as a whole, and between which places they lie.
CREATE TABLE publishing.hours AS
SELECT
    month,
    make_timestamp(epoch_us(version_at) // 3_600_000_000 * 3_600_000_000)::TIMESTAMPTZ AS hour,
    bit_xor(mark) AS mark,
    count(*) AS counted,
    min(place) AS first_place,
    max(place) AS last_place
FROM publishing.marks
GROUP BY ALL;
