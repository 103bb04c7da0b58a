-- The rows of a statement into a file.  Level 9 makes versions a twentieth smaller than 6, for a tenth more time; 12
-- would take twice as long for another thirtieth.
COPY ({select}) TO {file} (
    FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 9, ROW_GROUP_SIZE {rows}
);
