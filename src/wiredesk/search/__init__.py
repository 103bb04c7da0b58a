"""Full text over the stories of a snapshot: an index beside the Parquet, and questions to it.

The index is tantivy's, not DuckDB's `fts`.  On 20,000 real stories (51 MB of bodies, two cores)
`fts` builds in 4.5 s, answers in 20 to 45 ms and cannot be refreshed, only built anew; a million
stories take it 224 s and 222 million rows of terms.  tantivy's segments never change: a publish
links those of the snapshot before and adds its own.  Its index was 0.43 of the raw text in four
segments, with the facts beside the words; the words alone are 0.35 in one segment, of which 0.21
are the places of words, for phrases: without them each phrase would have to be read in the text of
every story that holds its words, at some 20 ms of decompression a story.

    index.py     what is indexed, and how it is refreshed from one snapshot to the next
    query.py     the language of a question, and its tree
    terms.py     the tree as tantivy asks it
    snippets.py  the passage that shows what was found
    finding.py   a question to a snapshot, and its hits
"""
