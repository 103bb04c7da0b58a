"""Loaded by every Python that starts with this folder in PYTHONPATH: some copy is poison to it.

The readers survive all copy that we know.  So tests of what happens when they do not must break
them, and in the processes that a command starts by itself; and they must not wait for minutes.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

from wiredesk import formats, parallel, quarantine, stages
from wiredesk.errors import Rejected
from wiredesk.model import Capture, Copy, Item, Source

clean, feed = stages.clean, formats.FORMATS["feed"]
hog: list[bytearray] = []


def poisoned_clean(item: Item) -> Copy:
    """Whatever the copy orders."""
    if "POISON crash" in item.body:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "POISON exit" in item.body:
        os._exit(3)
    if "POISON hang" in item.body:
        time.sleep(3600)
    while "POISON memory" in item.body:
        hog.append(bytearray(8 << 30))
    return clean(item)


def poisoned_feed(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """A feed that no parser survives."""
    if b"POISON feed" in capture.body:
        os._exit(3)
    return feed.parse(capture, source)


stages.clean = poisoned_clean
formats.FORMATS["feed"] = formats.Format(feed.about, feed.sniff, poisoned_feed)
parallel.PART_SECONDS = 2.0
quarantine.STEP_SECONDS = 2.0
