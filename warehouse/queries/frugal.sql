-- The engine would keep all it ever read of the warehouse, up to four fifths of the memory.  The log may grow to
-- a few transactions: at its usual 16 MB it is moved into the tables after each.
SET memory_limit = '800MB';
SET checkpoint_threshold = '64MB';
