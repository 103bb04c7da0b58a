"""Writers of one lake take turns: what a load decides rests on what is there when it is written.

DuckLake lets two processes append at once, so both could bring in the same story.  Each transaction
of ours therefore changes the one row of ops.turn, and the catalog itself refuses the later of two
that overlap: that is what makes it right, whatever breaks.  But a refused load was read, decided
and written in vain, and a large one could be refused for ever by small ones.  So writers queue
first, where the catalog is: at a PostgreSQL server by an advisory lock, which is given in the order
of asking and dies with its session; beside an SQLite file by a lock on a file.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

import duckdb

from wiredesk.errors import WarehouseBusy

Turn = Callable[[], AbstractContextManager[None]]
PATIENCE = 600.0  #: seconds in the queue after which we say that it does not move
PAUSE = 0.02  #: seconds between two looks at a locked file


def no_turns() -> AbstractContextManager[None]:
    """Of a DuckDB file one process holds the lock for as long as it is open."""
    return nullcontext()


@contextmanager
def at_file(path: Path, shown: str) -> Iterator[None]:
    """A turn by a lock on a file beside the catalog, which the system lets go with the process."""
    with path.open("ab") as file:
        _queue(lambda: _locked(file.fileno()), shown, PAUSE)
        yield


@contextmanager
def at_server(db: duckdb.DuckDBPyConnection, ask: str, alive: str, shown: str) -> Iterator[None]:
    """A turn by a lock of the server, for as long as a transaction of `db` is open there.

    `ask` waits for it a second or two and fails; `alive` fails only if the server is gone.
    """
    _queue(lambda: _given(db, ask, alive), shown, 0)
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # a lock whose session is lost is free
            db.rollback()


def _queue(asked: Callable[[], bool], shown: str, pause: float) -> None:
    until = time.monotonic() + PATIENCE
    while not asked():
        if time.monotonic() > until:
            raise WarehouseBusy(f"{shown} is being written by another process: wait, or stop it")
        time.sleep(pause)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _given(db: duckdb.DuckDBPyConnection, ask: str, alive: str) -> bool:
    db.begin()
    try:
        db.execute(ask).fetchall()
    except duckdb.IOException:
        db.rollback()
        db.execute(alive).fetchall()
        return False
    except BaseException:
        db.rollback()
        raise
    return True
