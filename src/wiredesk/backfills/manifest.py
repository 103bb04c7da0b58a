"""The nouns of a backfill, and its manifest in the warehouse: what was planned, what is loaded.

    backfill    a source's stories of a window of days
    partition   a part of it that is read by itself, anywhere, and loaded in one transaction

A partition's end is written with its rows.  So what a kill interrupts is not there at all, and the
same command goes on with the first partition that has no end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from wiredesk import __version__
from wiredesk.errors import UserError
from wiredesk.match.identity import hash64
from wiredesk.model import Source
from wiredesk.warehouse import Warehouse

DAY = timedelta(days=1)
Kind = Literal["lines", "records", "files", "pages", "undated", "feed"]


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days in UTC, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), UTC)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last, time(), UTC) + DAY

    def has(self, at: datetime | None) -> bool:
        """Whether an instant lies in it.  What bears no time may, and counts as inside."""
        return at is None or self.start <= at < self.end

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Partition:
    """What one transaction of a backfill loads.  Files and addresses are `places`."""

    kind: Kind
    places: tuple[str, ...]
    #: lines, records: byte of the file at which reading can start; files: of one that holds
    #: several payloads, the number of the first
    opens_at: int = 0
    #: lines: unpacked bytes from there to the first of its own; files: how many payloads, 0 for all
    skips: int = 0
    bytes: int = 0  #: lines: its size unpacked; records: as it lies in the file
    stories: int = 0  #: of the window, counted or guessed
    seq: int = -1  #: its number in the backfill


@dataclass(frozen=True, slots=True)
class Input:
    """A file that a plan was made from."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a window of a source divides."""

    partitions: tuple[Partition, ...]
    inputs: tuple[Input, ...] = ()
    known: int = 0  #: pages left out because they are here already
    unread: tuple[str, ...] = ()  #: lists under an index that gave nothing, and why

    @property
    def stories(self) -> int:
        return sum(p.stories for p in self.partitions)


@dataclass(frozen=True, slots=True)
class Backfill:
    """A backfill as the warehouse knows it."""

    id: int
    source: str
    root: str
    window: Window
    planned_at: datetime
    left: int  #: partitions that are still to be loaded

    @property
    def name(self) -> str:
        """Its id as people see it and give it back."""
        return f"{self.id & 0xFFFFFFFFFFFFFFFF:016x}"


def window_of(first: str, last: str) -> Window:
    """The window that a person named.  Raises UserError."""
    found = Window(_day("--from", first), _day("--to", last))
    if found.last < found.first:
        raise UserError(f"the window ends before it starts: --from {first} --to {last}")
    return found


def _day(option: str, said: str) -> date:
    try:
        if len(said) == len("2026-01-31"):  # fromisoformat also reads 2026-W05-6
            return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        pass
    raise UserError(f"{option} {said!r} is no day: write it as 2026-01-31")


def root_of(source: Source) -> str:
    """Where a source's copy lies, as a manifest keeps it."""
    also = f" sitemap {source.sitemap}" if source.sitemap else ""
    return f"{source.kind} {source.url}{also}"


def known(warehouse: Warehouse) -> list[Backfill]:
    """Every backfill of a warehouse, the latest first."""
    return [
        Backfill(who, source, root, Window(first, last), at, left)
        for who, source, root, first, last, at, left in warehouse.rows("backfills")
    ]


def found(
    backfills: Sequence[Backfill], source: Source, window: Window | None, name: str | None
) -> Backfill | None:
    """The backfill to go on with: that of this `name`, else the latest of this source and window.

    Raises UserError for a manifest of another source, another window or other places.
    """
    if name is None:
        same = (b for b in backfills if b.source == source.id and b.window == window)
        backfill = next(same, None)
        if backfill and not backfill.left and backfill.root != root_of(source):
            return None  # it is through, and the source lies elsewhere now
    else:
        backfill = next((b for b in backfills if b.name == name.lower()), None)
        if backfill is None:
            raise UserError(f"the warehouse has no backfill {name!r}")
        if backfill.source != source.id:
            raise UserError(f"backfill {name} is of source {backfill.source!r}, not {source.id!r}")
        if window and window != backfill.window:
            raise UserError(f"backfill {name} is of {backfill.window}, not of {window}")
    if backfill and backfill.root != root_of(source):
        raise UserError(
            f"backfill {backfill.name} was planned over {backfill.root}, and the source is now "
            f"{root_of(source)}: put it back, or plan again with --anew"
        )
    return backfill


def written(
    warehouse: Warehouse, source: Source, window: Window, plan: Plan, at: datetime, *, anew: bool
) -> Backfill:
    """Write a plan; what two processes plan alike is one backfill."""
    about = [f"{i.path} {i.bytes} {i.sha256}" for i in plan.inputs]
    who = hash64(source.id, root_of(source), str(window), *about, at.isoformat() if anew else "")
    warehouse.note(
        {
            "backfills": [
                (who, source.id, root_of(source), window.first, window.last, __version__, at)
            ],
            "backfill_inputs": [(who, i.path, i.bytes, i.sha256) for i in plan.inputs],
            "partitions": [row(who, p, seq) for seq, p in enumerate(plan.partitions)],
        }
    )
    return next(b for b in known(warehouse) if b.id == who)


def row(backfill: int, p: Partition, seq: int) -> tuple[Any, ...]:
    """A row of ops.partitions."""
    return (backfill, seq, p.kind, list(p.places), p.opens_at, p.skips, p.bytes, p.stories)


def as_read(source: Source, kind: Kind) -> Source:
    """A source as it says how the payloads of such partitions are read."""
    if kind == "lines":
        return replace(source, format="jsonl")  # whatever its first line looks like
    in_feed = source.kind == "feed" and kind in {"pages", "undated"}
    return replace(source, format="page") if in_feed else source


def inputs(warehouse: Warehouse, backfill: Backfill) -> list[Input]:
    """The files that a backfill was planned over."""
    rows = warehouse.rows("backfill_inputs", backfill_id=backfill.id)
    return [Input(*values) for values in rows]


def partitions(warehouse: Warehouse, backfill: Backfill) -> list[tuple[Partition, bool]]:
    """The partitions of a backfill, and of each whether it is loaded."""
    return [
        (Partition(kind, tuple(places), opens_at, skips, size, stories, seq), bool(loaded))
        for seq, kind, places, opens_at, skips, size, stories, loaded in warehouse.rows(
            "backfill_partitions", backfill_id=backfill.id
        )
    ]
