-- The rows of a statement into a file.  Row groups are small, so that a single story is read without its neighbours.
COPY ({select}) TO {file} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 6, ROW_GROUP_SIZE 8192);
