"""Files of several payloads (archives, tables, what is packed) cut into runs of payloads.

The payloads of a file come in the same order whenever it is opened, so a run is the number of its
first and how many there are; rejects count as payloads do.  None can be had without opening the
file from its start.  So the file stays open from one partition to the next, and only a process that
begins in its middle reads over what stands before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from wiredesk import formats
from wiredesk.backfills.manifest import Input, Partition
from wiredesk.backfills.unpacking import fingerprint, head
from wiredesk.batch import Reject
from wiredesk.fetch import files
from wiredesk.fetch.opening import is_many
from wiredesk.formats.csv_table import csv_table
from wiredesk.formats.jsonl import MEDIA_TYPE
from wiredesk.model import Capture, Source

STORIES = 1000  #: of a partition; a block of a table may have twice as many
BYTES = 16 << 20  # of the payloads of a partition


def several(path: str, source: Source) -> bool:
    """Whether a file may hold several payloads."""
    with Path(path).open("rb") as file:
        packed = file.read(formats.SNIFFED)
    inside = head(path, formats.SNIFFED)
    return is_many(packed) or is_many(inside) or csv_table(inside, source.columns) is not None


def plan(path: str, source: Source, now: datetime) -> tuple[list[Partition], Input]:
    """The runs of a file, in one pass over it.  Its payloads bear their times inside, so it is
    when they are read that those outside the window are dropped."""
    found: list[Partition] = []
    first = payloads = size = stories = 0
    for each in files.captures([path], source.id, now, source.columns):
        payloads += 1
        if isinstance(each, Capture):
            size += len(each.body)
            stories += each.body.count(b"\n") if each.media_type == MEDIA_TYPE else 1
        if stories >= STORIES or size >= BYTES:
            found.append(Partition("files", (path,), first, payloads, size, stories))
            first, payloads, size, stories = first + payloads, 0, 0, 0
    if payloads:
        found.append(Partition("files", (path,), first, payloads, size, stories))
    return found, Input(path, *fingerprint(path))


def arrivals(partition: Partition, source: Source, at: datetime) -> Iterator[Capture | Reject]:
    """The payloads of a run."""
    (path,) = partition.places
    key = (path, source.id, source.columns, at)
    held = _HELD.pop(key, None)
    _HELD.clear()
    if held is None or held.next != partition.opens_at:
        came = files.captures([path], source.id, at, source.columns)
        held = _Open(islice(came, partition.opens_at, None), partition.opens_at)
    yield from islice(held.came, partition.skips)
    held.next += partition.skips
    _HELD[key] = held


@dataclass(slots=True)
class _Open:
    """A file that is open, and the number of the payload that comes next."""

    came: Iterator[Capture | Reject]
    next: int


_HELD: dict[tuple[str, str, tuple[tuple[str, str], ...], datetime], _Open] = {}
