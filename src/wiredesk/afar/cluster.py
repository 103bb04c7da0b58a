"""Workers of a Dask cluster, used as worker processes of this machine are.

What a killed worker was at is read by another.  Dask gives up on a part that several died of: that
one is read here, by processes that may die, as all is that ends its reader.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from wiredesk.afar.readers import differs, here, packed, read_there
from wiredesk.errors import UserError, WiredeskError
from wiredesk.parallel import Workers

T = TypeVar("T")
R = TypeVar("R")

LOCAL = "local"  #: in the place of a scheduler's address: a cluster of this machine, for this run
#: Parts in flight for each worker: one that is read, one that waits for it, one that waits for us.
AHEAD = 3
REACHED = 15.0  #: seconds in which a scheduler answers
PATIENCE = 60.0  #: seconds that we wait for a first worker, or for another when all are gone
LOOK = 1.0  #: seconds between two looks at whether there is anyone at work
#: Dask warns of tasks of 10 MB, as payloads of an archive may be.
LARGEST = {"distributed.admin.large-graph-warning-threshold": "1GB"}
#: They print tracebacks of what is told here in a line.
LOGGERS = ("distributed", "distributed.client")


class Elsewhere(WiredeskError):
    """A worker does not see a file as it lies here."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Cluster(Workers):
    """Workers of a Dask cluster: `tcp://…`, `tls://…`, or `local`.  A context manager.

    To enter it raises UserError where it cannot be reached, has no workers, or they read by other
    rules.
    """

    def __init__(self, address: str, n: int | None = None) -> None:
        super().__init__(n)
        self._address = address
        self._stack = ExitStack()
        self._dask: Any = None
        self._client: Any = None
        self._deserted: float | None = None  #: since when it has had no worker

    def __enter__(self) -> Self:
        try:
            self._dask = import_module("distributed")
            config = import_module("dask.config")
        except ImportError:
            raise UserError("Dask is not installed: pip install 'wiredesk[dask]'") from None
        for name in LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        with ExitStack() as stack:
            stack.enter_context(config.set(LARGEST))
            self._client = self._connected(stack)
            self._agree()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def in_order(
        self,
        work: Callable[[T], R],
        parts: Iterable[T],
        salvage: Callable[[T], Iterable[R]] | None = None,
    ) -> Iterator[R]:
        """`work` over `parts`, in order, by whoever is free."""
        mine = here()
        flying: deque[tuple[T, Any]] = deque()
        for part in parts:
            flying.append((part, self._sent_off(packed(mine, work, part))))
            if len(flying) > self.n * AHEAD:
                yield from self._brought(*flying.popleft(), salvage)
        while flying:
            yield from self._brought(*flying.popleft(), salvage)

    def everywhere(self, what: Callable[[], R]) -> dict[str, R | Exception]:
        """What each worker answers, by its address."""
        said: dict[str, R | Exception] = self._client.run(what, on_error="return")
        return said

    def _sent_off(self, sent: bytes) -> Any:
        try:
            return self._client.submit(read_there, sent, pure=False)
        except self._dask.client.ClosedClientError:
            raise self._lost() from None

    def _brought(
        self, part: T, future: Any, salvage: Callable[[T], Iterable[R]] | None
    ) -> Iterator[R]:
        """What came of a part."""
        error = self._end_of(future)
        if error is None:
            try:
                found = future.result()
            except (self._dask.CancelledError, OSError):
                raise self._lost() from None
            yield found
            return
        if isinstance(error, Elsewhere) and Path(error.path).exists():
            raise UserError(
                f"{error.path} is not there, or another file, for a worker of the Dask cluster at "
                f"{self._address}: put it where all see it under this path"
            )
        given_up = isinstance(error, self._dask.KilledWorker | MemoryError | Elsewhere)
        if not (salvage and given_up):
            raise error
        yield from salvage(part)

    def _end_of(self, future: Any) -> BaseException | None:
        """Wait until a part has come to an end; the error it ended with."""
        while True:
            try:
                error: BaseException | None = future.exception(timeout=LOOK)
            except self._dask.TimeoutError:
                self._look()
                continue
            return error

    def _connected(self, stack: ExitStack) -> Any:
        where: Any = self._address
        if where == LOCAL:
            # each worker a process with one thread: reading keeps Python's lock
            where = self._dask.LocalCluster(
                n_workers=self.n,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
            )
            stack.enter_context(where)
        try:
            client = self._dask.Client(where, timeout=REACHED, set_as_default=False)
        except (OSError, ValueError, TypeError) as no:
            raise UserError(
                f"no Dask scheduler answers at {self._address} ({_line(no)}): name one that does, "
                "as tcp://HOST:8786"
            ) from None
        stack.enter_context(client)
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except self._dask.TimeoutError:
            raise self._empty() from None
        return client

    def _agree(self) -> None:
        """See that every worker reads as we do; one that joins later says so with its first part.

        Raises UserError.
        """
        mine = here()
        said = self.everywhere(here)
        for worker, reader in said.items():
            if isinstance(reader, OSError):
                continue  # it has just gone
            if isinstance(reader, Exception):
                raise UserError(
                    f"Dask worker {worker} has another wiredesk or none ({_line(reader)}); here "
                    f"it is {mine}: install the same there"
                )
            if reader != mine:
                raise UserError(differs(worker, reader, mine))
        self.n = max(1, len(said))

    def _look(self) -> None:
        """See that there is still somebody at work.  Raises UserError."""
        if self._client.status != "running":
            return  # it looks for its scheduler, and gives up by itself
        try:
            workers = len(self._client.scheduler_info()["workers"])
        except (OSError, ValueError):
            return
        if workers:
            self._deserted = None
            self.n = workers
            return
        self._deserted = self._deserted or time.monotonic()
        if time.monotonic() - self._deserted > PATIENCE:
            raise self._empty()

    def _empty(self) -> UserError:
        return UserError(
            f"the Dask cluster at {self._address} has had no worker for {PATIENCE:.0f} s: start "
            "some (dask worker ADDRESS) and run it again"
        )

    def _lost(self) -> UserError:
        return UserError(
            f"the Dask scheduler at {self._address} was lost: what is loaded stays, run it again"
        )


def crew(workers: int | None, dask: str | None) -> Workers:
    """Who reads: processes of this machine, or a Dask cluster."""
    return Cluster(dask, workers) if dask else Workers(workers)


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0]
