"""The part of a lock file that something needs: its entries with their hashes, and no others.

    part_of_lock.py requirements.lock 'wiredesk (pyproject.toml)'

The lock holds what tests and tools need too, a gigabyte of it.  Its comments say by way of what
each entry came in; whatever came in only by way of others is left out.

    entry = pin , { hash } , "# via" , ( parent | { "#" , parent } ) ;
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ENTRY = re.compile(r"^(?P<name>[\w.-]+)(?:\[[^\]]*\])?==(?:.*\n)(?:[ \t].*\n?)*", re.MULTILINE)
PARENT = re.compile(r"^ +#(?: via)? +(?P<parent>\S.*)$", re.MULTILINE)


def needed(lock: str, root: str) -> list[str]:
    """The entries that `root` needs, itself among them if it has one."""
    entries = {found["name"]: found[0] for found in ENTRY.finditer(lock)}
    reached = {root}
    while grown := {
        name
        for name, entry in entries.items()
        if name not in reached and not reached.isdisjoint(PARENT.findall(entry))
    }:
        reached |= grown
    return [entry for name, entry in entries.items() if name in reached]


if __name__ == "__main__":
    found = needed(Path(sys.argv[1]).read_text("utf-8"), sys.argv[2])
    if not found:
        sys.exit(f"{sys.argv[1]}: nothing is there by way of {sys.argv[2]}")
    sys.stdout.write("".join(found))
