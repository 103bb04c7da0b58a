"""Processes that read copy: where they come from, what they may use, when they end.

Copy is other people's bytes, and its readers are partly written in C.  So a reader has a limit of
memory, a board on which it says what it is at since when, and it does not outlive its run.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from ctypes import Array, c_double
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from multiprocessing.sharedctypes import Synchronized
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: Bytes of data for a reader, if the machine has twice as much.  A page of 5 MB takes 0.3 GB.
MEMORY = 4 << 30
LEAST = 1 << 30
PID, NUMBER, SINCE = range(3)  #: what a reader says of itself; a number of 0 is none
Board = Array[c_double]


def readers() -> ForkServerContext:
    """The server that readers are forked from: it has their modules, and none of our threads."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["wiredesk.warm"])
    return context


def confine() -> None:
    """In a reader: not all memory, and no life after its run."""
    with suppress(ValueError, OSError):  # not every system has this limit
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
        limit = max(LEAST, min(MEMORY, pages * size // 2))
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        if most == resource.RLIM_INFINITY or limit < most:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


class Pool:
    """Readers that take parts by turns, and the board that tells who is at which."""

    def __init__(self, n: int) -> None:
        context = readers()
        self._board: Board = context.RawArray("d", 3 * n)
        taken = context.Value("i", 0)
        self._readers = ProcessPoolExecutor(
            n, mp_context=context, initializer=_begin, initargs=(self._board, taken)
        )

    def submit(self, work: Callable[[T], R], number: int, part: T) -> Future[R]:
        """Have part `number` read.  Raises BrokenProcessPool where a reader has died."""
        return self._readers.submit(_read, work, number, part)

    def at_it(self) -> set[int]:
        """The numbers of the parts that were begun and not finished."""
        return {int(place[NUMBER]) - 1 for place in self._places() if place[NUMBER]}

    def end_those_at_it_for(self, seconds: float) -> None:
        """Kill readers that have been at one part for longer than that; the pool is then broken."""
        for place in self._places():
            if place[NUMBER] and time.monotonic() - place[SINCE] > seconds:
                _kill(int(place[PID]))

    def close(self, *, kill: bool) -> None:
        """End the readers; those that are at something are waited for, or killed."""
        if kill:
            for place in self._places():
                if place[PID]:
                    _kill(int(place[PID]))
        self._readers.shutdown(cancel_futures=True)

    def _places(self) -> list[list[float]]:
        board = list(self._board)
        return [board[n : n + 3] for n in range(0, len(board), 3)]


@dataclass(slots=True)
class _Place:
    """Where on the board this reader writes."""

    board: Board
    at: int


_place: _Place | None = None


def _begin(board: Board, taken: Synchronized[int]) -> None:
    global _place  # noqa: PLW0603 - a reader is one process with one place
    with taken.get_lock():
        _place = _Place(board, 3 * taken.value)
        taken.value += 1
    board[_place.at + PID] = os.getpid()
    confine()


def _read(work: Callable[[T], R], number: int, part: T) -> R:
    if _place is None:
        raise RuntimeError("a reader without a place on the board")
    _place.board[_place.at + SINCE] = time.monotonic()
    _place.board[_place.at + NUMBER] = number + 1
    try:
        return work(part)
    finally:
        _place.board[_place.at + NUMBER] = 0


def _kill(pid: int) -> None:
    """Only a living child of ours: the number of a dead one may be somebody else's by now."""
    for child in multiprocessing.active_children():
        if child.pid == pid:
            child.kill()
