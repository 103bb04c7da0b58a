"""The text of the reading rules, as a hash: while it is the same, so is what is read."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from wiredesk import __version__

#: the modules and data that decide what is read in a payload
RULES = frozenset(
    """formats extract agencies match data clean.py markup.py places.py place_tables.py rows.py
    stages.py intake.py""".split()
)


@lru_cache(maxsize=1)
def rules_text() -> str:
    """A hash of all that reads.  A rule may have changed without a new version of the program."""
    home = Path(__file__).parents[1]
    hashed = hashlib.sha256(__version__.encode())
    for path in sorted(home.rglob("*")):
        told = path.relative_to(home)
        if path.suffix in {".py", ".bin"} and told.parts[0] in RULES:
            hashed.update(str(told).encode() + path.read_bytes())
    return hashed.hexdigest()
