-- grain: one row a version, as in the warehouse; its source text is put together again from body, gaps and spaces.
CREATE OR REPLACE VIEW wire.versions AS
SELECT
    * EXCLUDE (current, versions, paragraphs, gaps, spaces, odd)
    REPLACE (
        coalesce(body_sha256, sha256(body)) AS body_sha256,
        CASE
            WHEN source_text IS NOT NULL THEN source_text
            WHEN odd IS NULL AND spaces IS NULL THEN gaps[1] || array_to_string(
                list_transform(list_zip(string_split(body, chr(10) || chr(10)), gaps[2:]), lambda x: x[1] || x[2]), ''
            )
            ELSE gaps[1] || array_to_string(list_transform(
                list_zip(string_split(body, chr(10) || chr(10)), odd, spaces, gaps[2:]),
                lambda x: CASE
                    WHEN x[2] IS NOT NULL THEN x[2]
                    WHEN x[3] IS NOT NULL THEN array_to_string(
                        list_transform(list_zip(string_split(x[1], ' '), x[3]), lambda y: y[1] || coalesce(y[2], '')),
                        ''
                    )
                    ELSE x[1]
                END || x[4]
            ), '')
        END AS source_text
    )
FROM data.versions;
