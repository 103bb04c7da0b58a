"""What kill_pipeline.py kills: pass after pass over a wire, each of them published."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import c_int
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb

from scripts.living_wire import sources
from wiredesk import publish as publishing
from wiredesk.database import Database
from wiredesk.fetch.archive import Archive
from wiredesk.fetch.http import Web
from wiredesk.ingest import Run, new_run_id, now
from wiredesk.parallel import Workers
from wiredesk.polling import Polling
from wiredesk.search import INDEX_FORMAT, refresh
from wiredesk.snapshots.making import Making
from wiredesk.snapshots.places import Place
from wiredesk.warehouse import Warehouse

#: what a process may be at when it is killed; the first is all that is not one of the others
PHASES = ("fetch and read", "archive", "land", "load", "note the poll", "publish", "adopt, point")
STATE = "SELECT count(*), coalesce(bit_xor(version_id), 0) FROM wire.versions"


def poll_and_publish(folder: Path, url: str, pipe: Connection[Any, Any], phase: c_int) -> None:
    """In the process that is to be killed: pass after pass, each told when it is through."""
    _watch(phase)
    duckdb.connect = _with_one_thread(duckdb.connect)
    with Workers(2) as crew:
        while True:
            pipe.send(one_pass(folder, url, crew))
            pipe.recv()


def one_pass(folder: Path, url: str, crew: Workers) -> tuple[int, int]:
    """Poll all sources and publish; what the snapshot holds."""
    path = str(folder / "wire.duckdb")
    with (
        Warehouse(path) as warehouse,
        Archive(folder / "archive", now=now) as archive,
    ):
        run = Run(new_run_id(now()), warehouse, archive, crew)
        warehouse.begin_run(run.id, "run", now())
        web = Web(contact="https://wiredesk.example/kills", now=now)
        Polling(run, lambda: web, now).poll(sources(url), "named")
        state = state_of(warehouse)
    with Database(path, read_only=True) as opened:
        done = publishing.publish(
            opened, str(folder / "snapshot"), now(), index=refresh, index_format=INDEX_FORMAT
        )
    if not done.id:
        raise SystemExit(f"not published: {done.offences}")
    return state


def state_of(database: Database) -> tuple[int, int]:
    ((versions, mark),) = database.sql(STATE)
    return versions, mark


def _with_one_thread(connect: Callable[..., Any]) -> Callable[..., Any]:
    """For a handful of rows threads only cost: a third of all time."""

    @wraps(connect)
    def connected(*given: Any, config: dict[str, Any] | None = None, **named: Any) -> Any:
        return connect(*given, config={"threads": 1} | (config or {}), **named)

    return connected


def _watch(phase: c_int) -> None:
    """Have the work say what it is at."""
    for owner, name, of in (
        (Archive, "put", "archive"),
        (Warehouse, "land", "land"),
        (Warehouse, "load", "load"),
        (Warehouse, "note", "note the poll"),
        (publishing, "publish", "publish"),
        (Making, "write_catalog", "publish"),
        (Place, "adopt", "adopt, point"),
        (Place, "point", "adopt, point"),
    ):
        setattr(owner, name, _said(getattr(owner, name), phase, PHASES.index(of)))


def _said(method: Callable[..., Any], phase: c_int, at: int) -> Callable[..., Any]:
    @wraps(method)
    def said(*given: Any, **named: Any) -> Any:
        before, phase.value = phase.value, at
        try:
            return method(*given, **named)
        finally:
            phase.value = before

    return said
