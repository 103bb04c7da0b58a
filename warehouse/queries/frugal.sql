-- The engine would keep all it ever read of the warehouse, up to four fifths of the memory.  Its log may grow to
-- that of some 100,000 short stories: moved into the tables at the usual 16 MB, after each transaction, it cost
-- a third of the time of loading.
SET memory_limit = '800MB';
SET checkpoint_threshold = '256MB';
