"""Dumps: JSON Lines of any size, plain or gzip, cut into stretches of lines.

A partition's payload is those of its lines that lie in the window, as they stand in the dump, so
whoever reads it again from the archive reads neither more nor less.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

import orjson

from wiredesk.backfills.manifest import Input, Partition, Window
from wiredesk.backfills.unpacking import Unpacking
from wiredesk.batch import Reject
from wiredesk.formats.columns import by_field
from wiredesk.formats.times import instant
from wiredesk.model import Capture, Source

#: Stories of a partition, which is one transaction and what a kill throws away; with 2000 a load
#: takes a fifth less time, and more is thrown away.
STORIES = 1000
STRETCH = 8 << 20  # bytes of a partition, unpacked
AHEAD = timedelta(days=1)  # a time that lies further ahead is a fault and tells nothing


def plan(path: str, source: Source, window: Window, now: datetime) -> tuple[list[Partition], Input]:
    """The stretches of a dump in which the window has stories, in one pass over it."""
    found: list[Partition] = []
    stories = 0
    with Unpacking(path, hashing=True) as file:
        start = here = (file.place, file.at)
        for line in file.lines():
            if line.strip() and inside(line, source, window, now):
                start = start if stories else here
                stories += 1
            here = file.place, file.at
            size = file.at - start[1]
            if stories and (stories >= STORIES or size >= STRETCH):
                found.append(Partition("lines", (path,), *start[0], size, stories))
                stories = 0
        start = start if stories else here
        # to the end and one byte beyond: whoever reads that comes upon the fault again
        beyond = file.held + 1 if file.fault else 0
        if stories or beyond:
            size = file.at - start[1] + beyond
            found.append(Partition("lines", (path,), *start[0], size, stories))
        size, digest = file.digest()
    return found, Input(path, size, digest)


def arrivals(
    partition: Partition, source: Source, window: Window, at: datetime
) -> Iterator[Capture | Reject]:
    """The payload of a stretch, and a reject where the dump breaks off in it."""
    (path,) = partition.places
    start = partition.opens_at, partition.skips
    with Unpacking(path, *start) as file:
        body = file.take(partition.bytes)
        broken = file.fault
    short = len(body) < partition.bytes
    if short:  # half a line is no story
        body = body[: body.rfind(b"\n") + 1]
    lines = [
        line + b"\n"
        for line in body.split(b"\n")
        if line.strip() and inside(line, source, window, at)
    ]
    if lines:
        kept = b"".join(lines)
        where = f"{path}#{start[0]}+{start[1]}+{partition.bytes}"
        yield Capture(source.id, where, kept, at, sha256(kept).hexdigest())
    if short:
        detail = f"the dump breaks off: {broken or 'it is shorter than planned'}"
        yield Reject("fetch", path, "bad_gzip" if broken else "truncated", detail)


def inside(line: bytes, source: Source, window: Window, now: datetime) -> bool:
    """Whether a line lies in the window by its own time.  What bears none, or cannot be read, does:
    the reader says what is wrong with it.
    """
    try:
        row = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return True
    if not isinstance(row, dict):
        return True
    row, _ = by_field(row, source.columns)
    said = (instant(row.get(key), source.tz) for key in ("updated", "date"))
    return window.has(next((t for t in said if t and t <= now + AHEAD), None))
