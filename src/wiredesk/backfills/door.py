"""The way into the warehouse, which is another's now and then.

A DuckDB file has one writer.  A backfill holds it for a load, or for a few seconds of loads that
follow each other, and lets it go: then live polling gets in.  It waits its turn in the same way.
A lake, which many write to, is not left in between.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from wiredesk.errors import WarehouseBusy
from wiredesk.fetch.archive import Archive
from wiredesk.ingest import now
from wiredesk.lake import lake_of
from wiredesk.warehouse import Warehouse

T = TypeVar("T")
Work = Callable[[Warehouse, Archive | None], T]

PATIENCE = 600.0  #: seconds that a warehouse may be another's before we give up
SOON, LATER = 0.05, 2.0  #: seconds between two tries, at first and at most


class Door:
    """A warehouse and its archive, open when they are needed.  A context manager.

    `holds` says for how many seconds a file is kept for what may follow: to let go of it is to
    write its log into it.
    """

    def __init__(self, path: str, archive: Path | None, patience: float = PATIENCE) -> None:
        self.path, self._archive, self._patience = path, archive, patience
        self.holds = float("inf") if lake_of(path) or path == ":memory:" else 0.0
        self._inside: Warehouse | None = None
        self._since = 0.0
        self._stack = ExitStack()
        self.seconds = 0.0  #: spent deciding and loading, up to when it was shut last

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shut(error)

    def hold(self, seconds: float) -> None:
        """Keep a file for so long from now on."""
        self.holds = max(self.holds, seconds)

    def enter(self, work: Work[T]) -> T:
        """Do something inside, as soon as the warehouse is nobody else's.

        Raises WarehouseBusy where it stays another's for too long.
        """
        until, wait = time.monotonic() + self._patience, SOON
        while True:
            try:
                return self._once(work)
            except WarehouseBusy:
                if time.monotonic() + wait > until:
                    raise
                time.sleep(wait)
                wait = min(2 * wait, LATER)

    def look(self, work: Callable[[Warehouse], T]) -> T | None:
        """Read something inside; None where there is no warehouse yet, and none is made."""
        if lake_of(self.path) is None and not Path(self.path).exists():
            return None
        return self.enter(lambda warehouse, _: work(warehouse))

    def let_go(self) -> None:
        """Let others in, if this can be."""
        if self.holds != float("inf"):
            self._shut()

    def _once(self, work: Work[T]) -> T:
        if self._inside is None:
            self._inside = self._stack.enter_context(Warehouse(self.path))
            self._since = time.monotonic()
        try:
            with ExitStack() as stack:
                archive = Archive(self._archive, now=now) if self._archive else None
                found = work(self._inside, stack.enter_context(archive) if archive else None)
        except BaseException as error:
            self._shut(error)
            raise
        if time.monotonic() - self._since >= self.holds:
            self._shut()
        return found

    def _shut(self, error: BaseException | None = None) -> None:
        if self._inside:
            self.seconds += self._inside.seconds
            self._inside = None
            kind, trace = (type(error), error.__traceback__) if error else (None, None)
            self._stack.__exit__(kind, error, trace)
