"""What a worker of a cluster does: read a part as whoever sent it would, or say that it cannot."""

from __future__ import annotations

import faulthandler
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from threading import Lock
from typing import Any, TypeVar

from wiredesk import __version__
from wiredesk.errors import UserError
from wiredesk.replays.rules import rules_text

T = TypeVar("T")
R = TypeVar("R")

#: Seconds for a part, a second's work for copy and ten for pages.  A worker that takes longer ends
#: itself, and its nanny starts another.
PART_SECONDS = 120
_one = Lock()


@dataclass(frozen=True, slots=True)
class Reader:
    """What decides what is read: while it is the same, so are the rows."""

    wiredesk: str
    python: str
    rules: str  #: a hash of the text of the reading rules

    def __str__(self) -> str:
        return f"wiredesk {self.wiredesk} (rules {self.rules[:8]}) on Python {self.python}"


def here() -> Reader:
    """What this process reads by."""
    # all that reads is loaded now, so that later changes on disk do not belie what is said
    import_module("wiredesk.warm")
    python = ".".join(map(str, sys.version_info[:2]))
    return Reader(__version__, python, rules_text())


def packed(mine: Reader, work: Callable[[T], R], part: T) -> bytes:
    """A part as it is sent: in bytes, in which Dask does not look for tasks of its own."""
    return pickle.dumps((mine, work, part))


def read_there(sent: bytes) -> Any:
    """Do the work; with the worker's end if that comes to none."""
    theirs, work, part = pickle.loads(sent)  # noqa: S301 - a worker does what it is sent
    if here() != theirs:
        raise UserError(differs("that has joined", here(), theirs))
    with _one:  # threads of a worker would share one clock, and gain nothing: Python has one lock
        # in C and without that lock: it ends a worker also where a parser holds it for ever
        faulthandler.dump_traceback_later(PART_SECONDS, exit=True)
        try:
            return work(part)
        finally:
            faulthandler.cancel_dump_traceback_later()


def differs(worker: str, theirs: Reader, mine: Reader) -> str:
    """That a worker would read otherwise, in one line."""
    return f"Dask worker {worker} has {theirs}; here it is {mine}: install the same there"
