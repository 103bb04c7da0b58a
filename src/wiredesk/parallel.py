"""Parts of captures over worker processes, results in input order, few in flight at a time.

Workers are forked from a clean server process (no threads of DuckDB or Arrow in it) that has
imported the readers once.  A part may take its worker with it, never come to an end or want all
memory there is: that part goes to whoever salvages it, and the others are read by new workers.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, count, islice
from types import TracebackType
from typing import Generic, TypeVar

from wiredesk.errors import UserError
from wiredesk.processes import Pool

T = TypeVar("T")
R = TypeVar("R")

#: Parts in flight for each process, so that the readers go on while the shell loads: with 2 and 8 a
#: stream into a million stories ran at 906 and 995 a second.
AHEAD = 8
FEW = 2  # parts: with fewer a pool costs more than it gives
#: Seconds for a part of some 500 stories, which takes half a second; what takes longer than that is
#: read again item by item, so that a slow machine loses time and no story.
PART_SECONDS = 60.0
LOOK = 1.0  #: seconds between two looks at what the workers are doing
STILLBORN = 3  #: pools in a row that broke with nothing read


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class _Flight(Generic[T, R]):
    """A part that is being read; `future` is None where its worker came to grief over it."""

    number: int
    part: T
    future: Future[R] | None


class Workers:
    """Processes, one a core unless told otherwise, started when first there is enough to do.

    With `n` = 1 there is none, and all is read in this process.  A context manager.
    """

    def __init__(self, n: int | None = None) -> None:
        self.n = n or cores()
        self._here = n == 1
        self._pool: Pool | None = None
        self._numbers = count()
        self._stillborn = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.close(kill=error is not None)

    def in_order(
        self,
        work: Callable[[T], R],
        parts: Iterable[T],
        salvage: Callable[[T], Iterable[R]] | None = None,
    ) -> Iterator[R]:
        """`work` over `parts`, in order.

        `salvage` makes what it can of a part that its worker came to grief over; where it is
        given no part is read in this process, which must outlive every part.
        """
        waiting = iter(parts)
        first = list(islice(waiting, FEW))
        few = len(first) < FEW and self._pool is None
        if self._here or (few and not salvage):
            for part in chain(first, waiting):
                yield work(part)
            return
        flying: deque[_Flight[T, R]] = deque()
        for part in chain(first, waiting):
            flying.append(self._sent(work, part, flying))
            if len(flying) > self.n * AHEAD:
                yield from self._landed(work, flying, salvage)
        while flying:
            yield from self._landed(work, flying, salvage)

    def _sent(self, work: Callable[[T], R], part: T, flying: deque[_Flight[T, R]]) -> _Flight[T, R]:
        number = next(self._numbers)
        while True:
            try:
                return _Flight(number, part, self._started().submit(work, number, part))
            except BrokenProcessPool:
                self._begin_anew(work, flying)

    def _landed(
        self,
        work: Callable[[T], R],
        flying: deque[_Flight[T, R]],
        salvage: Callable[[T], Iterable[R]] | None,
    ) -> Iterator[R]:
        """What came of the first part."""
        flight = flying[0]
        while flight.future:
            if not wait([flight.future], LOOK).done:
                self._started().end_those_at_it_for(PART_SECONDS)
                continue
            error = flight.future.exception()
            if error is None:
                self._stillborn = 0
                flying.popleft()
                yield flight.future.result()
                return
            if isinstance(error, BrokenProcessPool):
                self._begin_anew(work, flying)
            elif isinstance(error, MemoryError):
                flight.future = None
            else:
                raise error
        flying.popleft()
        if not salvage:
            raise UserError(
                "a story of this input ends the process that reads it: wiredesk ingest puts it "
                "aside and reads the others"
            )
        yield from salvage(flight.part)

    def _begin_anew(self, work: Callable[[T], R], flying: deque[_Flight[T, R]]) -> None:
        """New workers for what the broken ones had not finished; what they were at is not sent to
        them again."""
        broken = self._started()
        at_it = broken.at_it()
        broken.close(kill=False)  # those that were left have been ended with it
        self._pool = None
        self._stillborn = 0 if at_it else self._stillborn + 1
        if self._stillborn >= STILLBORN:
            raise UserError("the processes that read copy end as soon as they are started")
        for flight in flying:
            future = flight.future
            if future is None or (future.done() and not _broken(future)):
                continue
            if flight.number in at_it:
                flight.future = None
                continue
            try:
                flight.future = self._started().submit(work, flight.number, flight.part)
            except BrokenProcessPool:  # the new ones are broken too: begin with what is left
                self._begin_anew(work, flying)
                return

    def _started(self) -> Pool:
        if self._pool is None:
            self._pool = Pool(self.n)
        return self._pool


def _broken(future: Future[R]) -> bool:
    return future.cancelled() or isinstance(future.exception(), BrokenProcessPool)
