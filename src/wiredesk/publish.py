"""Publish: an immutable snapshot of a warehouse, that readers open and nobody waits for.

    PATH/newswire.duckdb              the newest catalog: the one file that an analyst opens
    PATH/current.json                 names the newest snapshot
    PATH/snapshots/ID/                catalog.duckdb, manifest.json, search/
    PATH/data/TABLE/MONTH-PRINT.parquet   shared by snapshots, never changed

Checks must pass first.  Only files of months that were touched are written; they are unknown to
readers until the last step, the renaming of two names.  What fails is taken away again, and what a
kill leaves behind is removed by the next publish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import pyarrow as pa

from wiredesk import __version__
from wiredesk.database import Database, first_line, names_of, sql_of
from wiredesk.errors import UserError
from wiredesk.snapshots.catalog import Comment
from wiredesk.snapshots.keeping import kept, newest, prune
from wiredesk.snapshots.making import Making
from wiredesk.snapshots.manifest import File, Manifest, folder_of
from wiredesk.snapshots.places import Place, place_of
from wiredesk.snapshots.writing import Base, Tables, Writing, in_turn

KEEP = 5  #: snapshots
ALARM = "\n-- alarm:"  #: a check for people to look at, that keeps nobody from reading
TOUCHED = "\n-- publish: touched months\n"  #: a check that need not look at what has been published

#: folder before, new folder, versions to forget, rows to learn: search.refresh
Index = Callable[[Path | None, Path, Iterable[int], Iterable[pa.RecordBatch]], None]


@dataclass(frozen=True, slots=True)
class Offence:
    """A check that found offenders: nothing is published."""

    check: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing; `id` is None where offenders kept it from happening."""

    id: str | None
    to: str
    months: tuple[str, ...] = ()  #: that were written
    files: int = 0  #: that were written
    written: int = 0  #: bytes of these
    bytes: int = 0  #: of the whole snapshot
    seconds: float = 0.0
    offences: tuple[Offence, ...] = ()


def publish(
    warehouse: Database,
    to: str,
    now: datetime,
    keep: int = KEEP,
    index: Index | None = None,
    index_format: str = "",
) -> Published:
    """Publish what a warehouse holds.  Raises UserError where it cannot be done."""
    began = perf_counter()
    place = place_of(to)
    try:
        with place.locked():
            place.sweep()
            done = Publishing(warehouse, place, now, index, index_format).run()
            if done.id:
                prune(place, keep)
            place.sweep()
    except (duckdb.Error, OSError) as no:
        raise UserError(f"{to}: not published, what was there stands: {first_line(no)}") from no
    return replace(done, seconds=perf_counter() - began)


class Publishing:
    """One publish, under the lock."""

    def __init__(
        self,
        warehouse: Database,
        place: Place,
        now: datetime,
        index: Index | None,
        index_format: str,
    ) -> None:
        self.warehouse = warehouse
        self.place = place
        self.before = newest(place)
        if self.before:  # two within a microsecond, or a clock that was set back
            now = max(now, self.before.made_at + timedelta(microseconds=1))
        self.now = now
        self.id = f"{now:%Y%m%dT%H%M%S%f}"
        self.index = index
        self.index_format = index_format if index else ""
        old = (file for manifest in kept(place).values() for file in manifest.files)
        self.writing = Writing(place, old)

    def run(self) -> Published:
        """From checks to the new names; what was written is taken away where it fails."""
        try:
            return self._run()
        except BaseException:
            self.place.remove([file.name for file in self.writing.written if file.name])
            self.place.sweep()
            raise

    def _run(self) -> Published:
        with self._reading() as base:
            files, comments, offences = self._tables(base)
        with Making(self.place, files) as making:
            if not offences:
                files = [*files, *making.marts(files, self.writing)]
                before = self._indexed()
                making.touched(files, before.files if before else ())
                offences = self._offences(making.another, touched=True)
            if offences:
                self.place.remove([file.name for file in self.writing.written if file.name])
                return Published(None, self.place.root, offences=tuple(offences))
            return self._finish(making, files, comments)

    @contextmanager
    def _reading(self) -> Iterator[Base]:
        """Connections that all see the warehouse as of one moment.

        In a file nobody else writes meanwhile.  In a lake others load: one transaction sees one
        state of it, so there they take turns at one connection.
        """
        with self._another() as db:
            self.place.prepare(db)
            db.execute("ATTACH ':memory:' AS publishing")
            try:
                if self.warehouse.lake:
                    db.begin()
                    yield in_turn(db)
                    db.rollback()
                else:
                    yield self._another
            finally:
                with suppress(duckdb.Error):  # a lake that is lost has it still in use
                    db.execute("DETACH publishing")

    def _another(self) -> duckdb.DuckDBPyConnection:
        db = self.warehouse.db.cursor()
        db.execute("USE warehouse")
        db.execute("SET TimeZone = 'UTC'")
        return db

    def _tables(self, base: Base) -> tuple[list[File], list[Comment], list[Offence]]:
        before = self.before.files if self.before else ()
        cuts = [file.since for file in before if file.since]
        with ThreadPoolExecutor(1) as aside:
            checking = aside.submit(self._offences, base, touched=False)
            files = Tables(base, self.now).files(self.writing, cuts)
            with base() as db:
                found = db.execute(sql_of("publish", "comments"), {"database": "warehouse"})
                return files, found.fetchall(), checking.result()

    def _offences(self, base: Base, *, touched: bool) -> list[Offence]:
        """What checks find: in the warehouse, or (those that say so) in what is to be published."""
        found = []
        for check in names_of("checks"):
            text = sql_of("checks", check)
            if ALARM not in text and (TOUCHED in text) == touched:
                with base() as db:
                    asked = db.execute(text)
                    columns = tuple(column[0] for column in asked.description)
                    if rows := asked.fetchall():
                        found.append(Offence(check, columns, tuple(rows)))
        return found

    def _indexed(self) -> Manifest | None:
        """The snapshot whose search index can be carried on."""
        same = self.before and self.before.index == self.index_format
        return self.before if same else None

    def _index_before(self) -> Path | None:
        before = self._indexed()
        return self.place.local(f"{folder_of(before.id)}/search") if before else None

    def _finish(self, making: Making, files: list[File], comments: list[Comment]) -> Published:
        with self.place.workshop() as shop:
            about = {"id": self.id, "made_at": self.now, "program": __version__}
            if self.index:
                (shop / "search").mkdir()
                before = self._index_before()
                self.index(before, shop / "search", making.removed(), making.added())
            catalog = shop / "catalog.duckdb"
            making.write_catalog(catalog, files, comments, about)
            size = catalog.stat().st_size
            manifest = Manifest(
                self.id, self.now, __version__, self.place.root, tuple(files), size,
                self.index_format,
            )  # fmt: skip
            (shop / "manifest.json").write_bytes(manifest.json())
            self.place.adopt(shop, folder_of(self.id))
        self.place.point(self.id, b'{"snapshot": "%s"}' % self.id.encode())
        written = self.writing.written
        return Published(
            self.id,
            self.place.root,
            tuple(sorted({file.month for file in written if file.month})),
            len(written),
            sum(file.bytes for file in written),
            sum(manifest.names.values()) + size,
        )
