"""How long a backfill will take: by earlier ones of this warehouse, else by a sample.

files   stories / (stories a second that were loaded before, or that a sample gives here)
web     addresses × the distance that politeness keeps between two requests to a host
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from wiredesk import formats
from wiredesk.backfills import local
from wiredesk.backfills.asking import Asker
from wiredesk.backfills.door import Door
from wiredesk.backfills.loading import load
from wiredesk.backfills.manifest import Backfill, Partition, Window, root_of
from wiredesk.backfills.older import older
from wiredesk.backfills.reading import read_partition
from wiredesk.errors import Temporary
from wiredesk.ingest import now
from wiredesk.model import Capture, Source
from wiredesk.parallel import cores
from wiredesk.warehouse import Warehouse

ANSWER = 0.3  #: seconds of a request where no delay is kept


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is to come, and what that rests on."""

    partitions: int
    stories: int
    seconds: float
    basis: str


def estimated(
    door: Door,
    asker: Asker,
    source: Source,
    window: Window,
    left: Sequence[Partition],
    readers: int,
) -> Estimate:
    """Of partitions that are not loaded; nothing is loaded for it."""
    stories = sum(p.stories for p in left)
    if source.kind not in local.KINDS:
        asks = sum(len(p.places) for p in left if p.kind != "feed")
        begun = next((p.places[0] for p in left if p.kind == "feed"), None)
        pages, entries = _archive(door, asker, source, window, begun) if begun else (0, 0)
        distance = source.delay or ANSWER / source.connections
        partitions = len(left) + max(pages - 1, 0)
        basis = f"{distance:.2g} s between two requests, entries' own pages left out"
        return Estimate(partitions, stories + entries, (asks + pages) * distance, basis)
    kinds = sorted({p.kind for p in left})
    rate = door.look(lambda warehouse: warehouse.rows("backfill_rate", kinds=kinds)[0][0])
    basis = f"{rate:,.0f} stories/s when the latest were loaded" if rate else "nothing to do"
    if not rate and left:
        rate = _sampled(source, window, left[0], readers)
        basis = f"{rate:,.0f} stories/s in a sample"
    return Estimate(len(left), stories, stories / rate if rate else 0.0, basis)


def _sampled(source: Source, window: Window, partition: Partition, readers: int) -> float:
    """Stories a second: a partition read here, and loaded into a warehouse in memory."""
    at = now()
    backfill = Backfill(0, source.id, root_of(source), window, at, 1)
    reading = read_partition(source, partition, window, at)  # the first reads the gazetteer too
    began = time.perf_counter()
    reading = read_partition(source, partition, window, at)
    reads = time.perf_counter() - began
    with Warehouse(":memory:") as warehouse:
        began = time.perf_counter()
        load(warehouse, None, backfill, source, reading, "sample", reads)
        loads = time.perf_counter() - began
    # the loader is one process, and shares the machine with those that read
    seconds = max(loads, reads / readers, (reads + loads) / min(cores(), readers + 1))
    return max(partition.stories, 1) / seconds


def _archive(
    door: Door, asker: Asker, source: Source, window: Window, url: str | None
) -> tuple[int, int]:
    """Pages of a feed's archive from an address on, and their entries of the window."""
    pages = entries = 0
    been = set()
    while url and url not in been:
        been.add(url)
        answer = asker.one(door, source, url)
        if isinstance(answer, Temporary):
            raise answer
        if not isinstance(answer, Capture):
            break
        pages += 1
        items = [i for part in formats.parts(answer, source) for i in formats.parse(part, source)]
        times = [item.updated or item.published for item in items]
        entries += sum(map(window.has, times))
        said = [at for at in times if at]
        before = bool(said) and all(at < window.start for at in said)
        url = None if before or not items else older(answer)
    return pages, entries
