"""A backfill from its plan to its last partition, whatever interrupts it.

    find or make the plan → for each partition without an end: read, load → report

What did not come for now (a server was down) becomes a partition of its own and waits for the next
run of the same command.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from wiredesk.backfills import listed, local, manifest
from wiredesk.backfills.asking import Asker
from wiredesk.backfills.door import Door
from wiredesk.backfills.feeds import Fetched
from wiredesk.backfills.loading import land, load
from wiredesk.backfills.manifest import Backfill, Partition, Plan, Window
from wiredesk.backfills.reading import Reading, read_ahead
from wiredesk.database import first_line
from wiredesk.errors import UserError
from wiredesk.fetch.archive import Archive
from wiredesk.ingest import new_run_id, now
from wiredesk.model import Capture, Source
from wiredesk.parallel import Workers
from wiredesk.warehouse import Ledger, Warehouse

HOLD = 5.0  #: seconds for which a file is kept while one load follows the other
IDLE = 0.5  #: seconds of waiting for what is read, after which it is not kept
LONGEST = 300  #: characters of what is kept of an error
#: Reads partitions of files, in order: here, or on other machines.
ReadFiles = Callable[[Source, Iterable[Partition], Window, datetime, Workers], Iterator[Reading]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for."""

    source: Source
    window: Window | None  #: None: that of the backfill named by `resume`
    resume: str | None = None  #: a backfill's name
    anew: bool = False  #: plan again, whatever was planned before
    pause: float = 0.0  #: seconds between two loads, for others who wait


@dataclass(slots=True)
class Progress:
    """How far a run is."""

    partitions: int  #: to be loaded
    stories: int  #: planned in them
    done: int = 0  #: partitions
    passed: int = 0  #: of the planned stories
    waiting: int = 0  #: partitions that did not come for now
    ledger: Ledger = field(default_factory=Ledger)

    def add(self, reading: Reading, ledger: Ledger) -> None:
        """One more partition is loaded."""
        self.done += 1
        self.passed += reading.partition.stories
        self.partitions += len(reading.further)
        self.stories += sum(p.stories for p in reading.further)
        self.waiting += len(reading.left)
        self.ledger += ledger


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `run_id` is None where there was nothing left to do."""

    run_id: str | None
    backfill: Backfill
    before: int  #: partitions that earlier runs had loaded
    progress: Progress
    seconds: float
    unread: tuple[str, ...] = ()  #: lists that gave nothing, where it was planned now


def run(
    door: Door,
    wanted: Wanted,
    crew: Workers,
    asker: Asker,
    show: Callable[[Progress], None] | None = None,
    read_files: ReadFiles = read_ahead,
) -> Outcome:
    """Do what is left of a backfill, planning it first if nobody did.

    Raises UserError, and Temporary where a list of what there is does not come for now.
    """
    began, source = time.monotonic(), wanted.source
    if source.kind in local.KINDS and not wanted.pause:
        door.hold(HOLD)
    backfill, unread = prepared(door, wanted, asker)
    every = door.enter(lambda warehouse, _: manifest.partitions(warehouse, backfill))
    left = [p for p, loaded in every if not loaded]
    progress = Progress(len(left), sum(p.stories for p in left))
    before = len(every) - len(left)
    if not left:
        return Outcome(None, backfill, before, progress, time.monotonic() - began, unread)
    with _recorded(door) as run_id:
        if source.kind in local.KINDS:
            readings = read_files(source, left, backfill.window, backfill.planned_at, crew)
        else:
            readings = Fetched(door, asker, source, backfill.window, crew).readings(every)
        since = time.monotonic()
        for reading in readings:
            idle = time.monotonic() - since
            ledger = _loaded(door, backfill, source, reading, run_id, since)
            since = time.monotonic()
            progress.add(reading, ledger)
            if show:
                show(progress)
            if idle > IDLE:
                door.let_go()
            if wanted.pause:
                time.sleep(wanted.pause)
        if robots := asker.robots():
            door.enter(lambda warehouse, _: warehouse.note({"robots": robots}))
    return Outcome(run_id, backfill, before, progress, time.monotonic() - began, unread)


def prepared(door: Door, wanted: Wanted, asker: Asker) -> tuple[Backfill, tuple[str, ...]]:
    """The backfill as it was planned, or is now; and what could not be read for that."""
    source = wanted.source
    known = None if wanted.anew else sought(door, wanted)
    if known:
        if known.left:
            files = door.enter(lambda warehouse, _: manifest.inputs(warehouse, known))
            door.let_go()
            local.unchanged(files, known.planned_at)
        return known, ()
    door.let_go()  # to plan may take long
    window, at = needed(wanted), now()

    def keep(listing: Capture) -> None:
        door.enter(lambda warehouse, archive: _kept(warehouse, archive, source, listing))

    plan = planned(door, source, window, asker, keep)
    anew = wanted.anew
    backfill = door.enter(
        lambda warehouse, _: manifest.written(warehouse, source, window, plan, at, anew=anew)
    )
    return backfill, plan.unread


def needed(wanted: Wanted) -> Window:
    """The window to be planned.  Raises UserError."""
    if wanted.window is None:
        raise UserError("say which days: --from 2026-01-01 --to 2026-01-31")
    return wanted.window


def sought(door: Door, wanted: Wanted) -> Backfill | None:
    """The backfill that was planned for what is wanted, if one was."""
    known = door.look(manifest.known) or []
    return manifest.found(known, wanted.source, wanted.window, wanted.resume)


def planned(
    door: Door,
    source: Source,
    window: Window,
    asker: Asker,
    keep: Callable[[Capture], None],
) -> Plan:
    """How a source's window divides; nothing is written but what `keep` keeps."""
    if source.kind in local.KINDS:
        return local.plan(source, window, now())
    return listed.plan(door, asker, source, window, keep)


def _kept(warehouse: Warehouse, archive: Archive | None, source: Source, listing: Capture) -> None:
    if not warehouse.known_captures([listing]):
        land(warehouse, archive, source, [listing])


def _loaded(
    door: Door, backfill: Backfill, source: Source, reading: Reading, run_id: str, since: float
) -> Ledger:
    def inside(warehouse: Warehouse, archive: Archive | None) -> Ledger:
        seconds = time.monotonic() - since
        return load(warehouse, archive, backfill, source, reading, run_id, seconds)

    return door.enter(inside)


@contextmanager
def _recorded(door: Door) -> Iterator[str]:
    """A run in ops.runs, and how it ended."""
    run_id = new_run_id(now())
    door.enter(lambda warehouse, _: warehouse.begin_run(run_id, "backfill", now()))

    def end(state: str, detail: str | None = None) -> None:
        def inside(warehouse: Warehouse, _: Archive | None) -> None:
            warehouse.seconds += door.seconds
            warehouse.end_run(run_id, state, now(), detail)

        door.enter(inside)

    try:
        yield run_id
    except BaseException as error:
        said = first_line(error) if isinstance(error, UserError) else type(error).__name__
        with suppress(UserError):  # a warehouse that is gone takes no note of it
            end("failed" if isinstance(error, Exception) else "stopped", said[:LONGEST])
        raise
    end("finished")
