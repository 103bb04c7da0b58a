"""Chain keys: by what, besides their words, two versions of one running story are found.

    item number  = what the agency calls the item, in its id or its address (Reuters: the USN)
    slug base    = the slug without its version, region and cycle: NORDIA-PORT/ (UPDATE 1)
    headline     = without labels, as words

A key finds candidates and proves nothing: running columns keep their slug for years and their
item number for weeks, and "Wall St ends higher" is a headline of every week.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import unquote, urlsplit

from wiredesk.agencies import grammar_for
from wiredesk.match.identity import hash64
from wiredesk.match.normal import words
from wiredesk.match.portrait import Portrait
