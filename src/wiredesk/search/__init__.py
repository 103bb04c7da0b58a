"""Full text over the stories of a snapshot: an index beside the Parquet, and questions to it.

The index is tantivy's, not DuckDB's `fts`, which cannot be refreshed, only built anew: a publish
links the segments of the snapshot before, which never change, and adds its own.  On 20,000 real
stories (52.9 MB of text) a new index is 0.144 of the text; learning 1,000 more takes it 0.7 s and
adds 0.012, until eight small segments are merged.  A question takes some 55 ms of processor, nearly
all of it to read the hits from Parquet; one in twenty, a phrase, more than 160 ms.  An index that
knew the places of words would read nothing for a phrase, and be more than twice as large.

    index.py     what is indexed, and how it is refreshed from one snapshot to the next
    query.py     the language of a question, and its tree
    terms.py     the tree as tantivy asks it
    checking.py  whether a text has the phrases of which the index knows only the words
    snippets.py  the passage that shows what was found
    finding.py   a question to a snapshot, and its hits
"""

from wiredesk.search.finding import search
from wiredesk.search.index import FORMAT as INDEX_FORMAT
from wiredesk.search.index import refresh

__all__ = ["INDEX_FORMAT", "refresh", "search"]
