-- What many small loads left is gathered: rows in the catalog go to files, small files and those with many
-- dead rows are written anew, and what nobody reads any more is removed, with what killed loaders left.
CALL ducklake_flush_inlined_data('warehouse');
CALL ducklake_rewrite_data_files('warehouse');
CALL ducklake_merge_adjacent_files('warehouse');
CALL ducklake_expire_snapshots('warehouse', older_than => getvariable('forgotten'));
CALL ducklake_cleanup_old_files('warehouse', older_than => getvariable('forgotten'));
CALL ducklake_delete_orphaned_files('warehouse', older_than => getvariable('forgotten'));
