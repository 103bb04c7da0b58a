"""Parts of captures over worker processes, results in input order, few in flight at a time.

Workers are forked from a clean server process (no threads of DuckDB or Arrow in it) that has
imported the readers once.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

SMALL = 2  # parts: below this a pool costs more than it gives


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[T], R], parts: Iterable[T], workers: int) -> Iterator[R]:
    """`work` over `parts`, in order; in this process where one worker or one part is all there is."""
    waiting = iter(parts)
    first = list(islice(waiting, SMALL))
    if workers <= 1 or len(first) < SMALL:
        for part in chain(first, waiting):
            yield work(part)
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["wiredesk.stages", "wiredesk.canonical"])
    flying: deque[Future[R]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for part in chain(first, waiting):
            flying.append(pool.submit(work, part))
            if len(flying) > workers * 2:
                yield flying.popleft().result()
        while flying:
            yield flying.popleft().result()
