"""The files of a snapshot: each month of each table that is not there yet, written once.

What a month is like is told by one narrow scan: a mark of every version's key and of all that a
later load may change in it (marks.sql).  Rows of a version come in with it, so their month is
touched when a version's is.  A month that is touched is read by the places between which its rows
lie, so the others are not read at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

import duckdb

from wiredesk.database import sql_of
from wiredesk.errors import UserError
from wiredesk.match.identity import hash64
from wiredesk.snapshots.catalog import filled, literal, quoted
from wiredesk.snapshots.manifest import File
from wiredesk.snapshots.places import Place
from wiredesk.snapshots.tables import TABLES, VERSIONS, Table

Month = tuple[date | None, int, int]  #: month, mark, rows that the mark was made of
#: a connection to a database, which is in use, for as long as a block runs
Base = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]
COPY = sql_of("publish", "copy")
SLICE = 12_288  #: versions in a file, about: where one more comes, no more than these are rewritten
#: rows in a group: one story's text is read with those of its group, so these are small
ROWS = {VERSIONS: 2_048}
MANY_ROWS = 16_384
NO_MONTH: Month = (None, 0, 0)  #: a file without rows: what a month without rows is read from
SELECTS = {"version": "children", "story": "stories", "whole": "whole"}
NOWHERE = {"first_place": 0, "last_place": -1}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that the snapshot must have."""

    table: str
    month: date | None
    fingerprint: str
    since: str | None = None  #: where the month is cut into slices

    @property
    def month_name(self) -> str | None:
        """As in a file's name: 2026-05."""
        return f"{self.month:%Y-%m}" if self.month else None

    @property
    def name(self) -> str:
        """Below the root."""
        return f"data/{self.table}/{self.month_name or 'all'}-{self.fingerprint}.parquet"


def fingerprint(*parts: str) -> str:
    """What a file's name says of what it was made from."""
    return f"{hash64(*parts) & (1 << 64) - 1:016x}"


@dataclass(frozen=True, slots=True)
class Job:
    """A file that is to be written, and the statement that reads its rows."""

    wanted: Wanted
    select: str
    parameters: Mapping[str, Any]


def in_turn(db: duckdb.DuckDBPyConnection) -> Base:
    """One connection for all, one after another."""
    lock = Lock()

    @contextmanager
    def taken() -> Iterator[duckdb.DuckDBPyConnection]:
        with lock:
            yield db

    return taken


class Writing:
    """One publish's files.  What is there from a snapshot before is not written again."""

    def __init__(self, place: Place, before: Iterable[File]) -> None:
        self.place = place
        sizes = place.sizes("data")
        whole = (file for file in before if not file.name or sizes.get(file.name) == file.bytes)
        self.there = {file.key: file for file in whole}
        self.written: list[File] = []

    def known(self, wanted: Wanted) -> File | None:
        """The file as the snapshot before has it."""
        return self.there.get((wanted.table, wanted.month_name, wanted.fingerprint))

    def write(self, base: Base, found: Sequence[File | Job]) -> list[File]:
        """The files, jobs done.  One file of some thousand rows keeps one processor busy, so as
        many are written at once as there are.
        """
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(lambda one: self._done(base, one), found))

    def _done(self, base: Base, one: File | Job) -> File:
        if isinstance(one, File):
            return one
        wanted = one.wanted
        group = str(ROWS.get(wanted.table, MANY_ROWS))
        staged = literal(self.place.staged(wanted.name))
        copy = filled("publish", "copy", select=one.select, file=staged, rows=group)
        with base() as db:
            ((rows,),) = db.execute(copy, dict(one.parameters) or None).fetchall()
        size = self.place.settle(wanted.name)
        file = File(
            wanted.table, wanted.month_name, wanted.fingerprint, wanted.name, int(rows), size,
            wanted.since,
        )  # fmt: skip
        self.written.append(file)
        return file


class Tables:
    """The tables of a warehouse as files.  What is known of them lies in a database in memory,
    `publishing`, for all connections to see.
    """

    def __init__(self, base: Base, now: datetime) -> None:
        self.base = base
        self.columns: dict[str, str] = dict(self.rows("columns"))
        if missing := {table.name for table in TABLES} - set(self.columns):
            raise UserError(
                f"the warehouse has no {min(missing)}: it is of an older wiredesk, and the next "
                "load brings it up to date"
            )
        self.rows("marks", now=now)
        self.rows("hours")
        self.rows("story_marks")
        self.months: list[Month] = self.rows("months")

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement of warehouse/publish."""
        with self.base() as db:
            return db.execute(sql_of("publish", query), parameters or None).fetchall()

    def files(self, writing: Writing, cuts: Sequence[str]) -> list[File]:
        """Every table's files, written or as they were; `cuts` is where months were cut before."""
        found = self.versions(writing, cuts)
        for table in TABLES:
            if table.name != "wire.versions":
                found += self.files_of(table, writing)
        return writing.write(self.base, found)

    def versions(self, writing: Writing, cuts: Sequence[str]) -> list[File | Job]:
        """The files of versions, months cut into slices where they are large."""
        self.rows("slices", cuts=cuts)
        if new := [at for (at,) in self.rows("crowded", most=SLICE)]:
            self.rows("slices", cuts=[*cuts, *new])
        how = (self.columns["wire.versions"], sql_of("publish", "versions"), COPY)
        none = {"since": None, "until": None} | NOWHERE
        slices = {Wanted(VERSIONS, None, fingerprint(VERSIONS, *how)): none}
        for month, *mark, since, until, first, last in self.rows("slice_marks"):
            print_ = fingerprint(VERSIONS, *how, *map(str, mark), str(since), str(until))
            slices[Wanted(VERSIONS, month, print_, since.isoformat())] = {
                "since": since, "until": until, "first_place": first, "last_place": last,
            }  # fmt: skip
        missing = [at["since"] for wanted, at in slices.items() if not writing.known(wanted)]
        spans = {since: span for since, *span in self.rows("slice_spans", slices=missing)}
        found: list[File | Job] = []
        for wanted, at in slices.items():
            first, last = spans.get(at["since"], NOWHERE.values())
            parameters = at | {"first_paragraph": first, "last_paragraph": last}
            job = Job(wanted, filled("publish", "versions"), parameters)
            found.append(writing.known(wanted) or job)
        return found

    def files_of(self, table: Table, writing: Writing) -> list[File | Job]:
        """One table's files."""
        months = self.months_of(table)
        if table.split != "whole":
            months = [*months, NO_MONTH]
        wanted = [self.wanted(table, month) for month in months]
        missing = [w.month for w in wanted if not writing.known(w)]
        places = self.places(table, missing) if missing else {}
        select = self.select(table)
        found: list[File | Job] = []
        for w in wanted:
            if known := writing.known(w):
                found.append(known)
            elif w.month in places:
                found.append(Job(w, select, places[w.month]))
            else:
                found.append(File(w.table, w.month_name, w.fingerprint, None, 0, 0))
        return found

    def months_of(self, table: Table) -> list[Month]:
        """The months of a table, and what each is like."""
        match table.split:
            case "version":
                return self.months
            case "story":
                return self.rows("story_months")
            case "whole":
                return self._asked("whole_mark", table)
            case _:
                return self._asked("instant_months", table)

    def places(self, table: Table, months: list[date | None]) -> dict[date | None, dict[str, Any]]:
        """By month, what the statement that reads it needs; no entry where it has no rows."""
        found: dict[date | None, dict[str, Any]] = {None: {}}
        if table.split in {"version", "story"}:
            query = "spans" if table.split == "version" else "story_spans"
            found = {None: {"month": None} | NOWHERE}
            for month, first, last in self._asked(query, table, months=months):
                found[month] = {"month": month, "first_place": first, "last_place": last}
        elif table.split != "whole":
            found = {month: {"month": month} for month in months}
        return found

    def wanted(self, table: Table, month: Month) -> Wanted:
        """The file of one month: the same for the same rows, columns and statements."""
        how = (self.columns[table.name], self.select(table), COPY)
        name = table.files or table.name
        return Wanted(name, month[0], fingerprint(name, *how, *map(str, month)))

    def select(self, table: Table) -> str:
        """The statement that reads one file's rows."""
        names = {"table": quoted(table.name)}
        if table.read:
            return filled("publish", table.read)
        if table.split in SELECTS:
            return filled("publish", SELECTS[table.split], **names)
        return filled("publish", "instants", **names, instant=quoted(table.split))

    def _asked(self, query: str, table: Table, **parameters: Any) -> list[tuple[Any, ...]]:
        names = {"table": quoted(table.name), "instant": quoted(table.split)}
        with self.base() as db:
            return db.execute(filled("publish", query, **names), parameters or None).fetchall()
