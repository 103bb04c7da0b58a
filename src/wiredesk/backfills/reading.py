"""A partition to rows: needs no warehouse, so it may be read in any process on any machine.

    partition → captures → jobs → rows, of which those outside the window are dropped

The payload of a story that is loaded lands with it.  One of which nothing is wanted does not, and
one of which a part is dropped is not noted as loaded, so that another window finds the rest.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from wiredesk import formats
from wiredesk.backfills import local
from wiredesk.backfills.manifest import Partition, Window, as_read
from wiredesk.batch import Reject
from wiredesk.errors import FetchError
from wiredesk.intake import Done, Job, work
from wiredesk.model import Capture, Source
from wiredesk.parallel import Workers
from wiredesk.quarantine import one_by_one
from wiredesk.rows import Rows

LINES = 125  #: of a job; with 500 a kill would throw away four times as much that was read ahead


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a partition's places, each payload once."""

    partition: Partition
    captures: tuple[Capture, ...] = ()
    rejects: tuple[Reject, ...] = ()  #: what brought no payload
    again: tuple[str, ...] = ()  #: sha256 of payloads that came once more
    failed: tuple[FetchError, ...] = ()  #: addresses that gave nothing, for good
    missed: tuple[FetchError, ...] = ()  #: those that may be asked again, and pages of entries
    followed: tuple[Capture, ...] = ()  #: pages of a feed's entries
    known: int = 0  #: entries that were followed before


@dataclass(frozen=True, slots=True)
class Reading:
    """A partition, read: all that its transaction writes."""

    arrived: Arrived
    landing: tuple[Capture, ...] = ()
    done: tuple[Done, ...] = ()
    whole: tuple[tuple[str, int, int], ...] = ()  #: sha256 of payloads, their items and rejects
    dropped: int = 0  #: outside the window
    seen: int = 0  #: known without looking: what came once more
    further: tuple[Partition, ...] = ()  #: what it leads to, to be read in the same run
    left: tuple[Partition, ...] = ()  #: what did not come for now, for another run

    @property
    def partition(self) -> Partition:
        return self.arrived.partition


def read_partition(source: Source, partition: Partition, window: Window, at: datetime) -> Reading:
    """Read a partition of files in this process.  `at` is when its backfill was planned."""
    arrived = _arrived(partition, local.arrivals(partition, source, window, at))
    return gathered(arrived, [work(job) for job in _jobs(arrived, source)], window)


def read_ahead(
    source: Source,
    partitions: Iterable[Partition],
    window: Window,
    at: datetime,
    workers: Workers,
) -> Iterator[Reading]:
    """Partitions of files in order, read by worker processes while the last is being loaded."""
    begun: deque[Arrived] = deque()

    def tasks() -> Iterator[_Task]:
        for partition in partitions:
            arrived = _arrived(partition, local.arrivals(partition, source, window, at))
            begun.append(arrived)
            for job in _jobs(arrived, source):
                yield _Task(partition.seq, job)

    for seq, came in groupby(workers.in_order(_work, tasks(), _salvage), lambda done: done[0]):
        done = [each for _, each in came]
        while begun[0].partition.seq != seq:  # nothing of the window was in it
            yield gathered(begun.popleft(), [], window)
        yield gathered(begun.popleft(), done, window)
    while begun:
        yield gathered(begun.popleft(), [], window)


def read(arrived: Arrived, source: Source, window: Window, workers: Workers) -> Reading:
    """What came from the web for a partition, read."""
    return gathered(
        arrived, list(workers.in_order(work, _jobs(arrived, source), one_by_one)), window
    )


def gathered(arrived: Arrived, done: Sequence[Done], window: Window) -> Reading:
    """What is wanted of a partition that was read."""
    by_sha = {capture.sha256: capture for capture in arrived.captures}
    received = {c.fetched_at for c in (*arrived.captures, *arrived.followed)}
    kept: list[Done] = []
    dropped, items, rejects, out = 0, Counter[str](), Counter[str](), Counter[str]()
    for each in done:
        some, less = each.rows, 0
        if arrived.partition.kind not in {"lines", "pages"}:
            undated = _undated(arrived.partition, by_sha[each.sha256])
            some, less = within(each.rows, window, received, undated)
        kept.append(replace(each, rows=some))
        dropped += less
        out[each.sha256] += less
        items[each.sha256] += len(some.candidates)
        rejects[each.sha256] += len(some.rejects)
    wanted = [c for c in arrived.captures if items[c.sha256] or rejects[c.sha256]]
    whole = [(c.sha256, items[c.sha256], rejects[c.sha256]) for c in wanted if not out[c.sha256]]
    return Reading(
        arrived,
        (*wanted, *arrived.followed),
        tuple(kept),
        (*whole, *((c.sha256, 0, 0) for c in arrived.followed)),
        dropped,
        sum(items[sha] + rejects[sha] for sha in arrived.again) + arrived.known,
    )


def within(
    rows: Rows, window: Window, received: Collection[datetime], undated: datetime | None
) -> tuple[Rows, int]:
    """The rows of items that lie in the window, and how many do not.

    An item whose time is that of an arrival (`received`) bears none of its own.  It counts with
    `undated`; without that it is taken.
    """

    def has(at: datetime) -> bool:
        return window.has(undated if at in received else at)

    # of two alike in one payload the rows stand under the first
    inside = {(c.identity_id, c.words) for c in rows.candidates if has(c.at)}
    kept = tuple(c for c in rows.candidates if (c.identity_id, c.words) in inside)
    less = len(rows.candidates) - len(kept)
    if not less:
        return rows, 0
    ids = pa.array([c.item_id for c in kept], pa.int64())
    tables = {
        name: table.filter(pc.is_in(table["item_id"], value_set=ids))
        for name, table in rows.tables.items()
    }
    return Rows(rows.source, tables, kept, rows.rejects), less


@dataclass(frozen=True, slots=True)
class _Task:
    """A job, and the partition that it is of."""

    seq: int
    job: Job


def _work(task: _Task) -> tuple[int, Done]:
    return task.seq, work(task.job)


def _salvage(task: _Task) -> Iterator[tuple[int, Done]]:
    return ((task.seq, done) for done in one_by_one(task.job))


def _jobs(arrived: Arrived, source: Source) -> Iterator[Job]:
    source = as_read(source, arrived.partition.kind)
    return (
        Job(source, part)
        for capture in arrived.captures
        for part in formats.parts(capture, source, LINES)
    )


def _arrived(partition: Partition, came: Iterable[Capture | Reject]) -> Arrived:
    captures: dict[str, Capture] = {}
    rejects: list[Reject] = []
    again: list[str] = []
    for each in came:
        if isinstance(each, Reject):
            rejects.append(each)
        elif each.sha256 in captures:
            again.append(each.sha256)
        else:
            captures[each.sha256] = each
    return Arrived(partition, tuple(captures.values()), tuple(rejects), tuple(again))


def _undated(partition: Partition, capture: Capture) -> datetime | None:
    """The time of an item that bears none: that of its page or file."""
    if partition.kind == "records":
        return capture.fetched_at
    return local.filed(capture.locator) if partition.kind == "files" else None
