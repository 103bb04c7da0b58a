"""`wiredesk bench fetch`: two passes over thousands of feeds on loopback, some dead, slow, hostile.

The server runs in a process of its own and watches how politely it is asked.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import orjson

from wiredesk.benches.feed_server import host, kind
from wiredesk.fetch.archive import Archive
from wiredesk.fetch.http import Web
from wiredesk.ingest import Run, new_run_id, now
from wiredesk.model import Json, Source
from wiredesk.parallel import Workers
from wiredesk.polling import Polling
from wiredesk.warehouse import Ledger, Warehouse

LATER = timedelta(minutes=20)  #: after the first pass, when what went well is due again
DELAY = 1.0  #: seconds between two requests to a host


def bench_fetch(feeds: int, items: int) -> list[Json]:
    """Two passes: seconds, memory, what came, and how polite they were."""
    with tempfile.TemporaryDirectory() as folder, _server(items) as port:
        sources = [_source(n, port) for n in range(feeds)]
        first = _pass(folder, sources, port, timedelta())
        _ask(port, "/-/turn")
        second = _pass(folder, sources, port, LATER)
        return [{"what": "first pass", **first}, {"what": "second pass", **second}]


def _source(n: int, port: int) -> Source:
    name = host(n)
    url = f"http://{name}:{port}/feed.xml"
    return Source(f"f{n}", "feed", url, format="feed", allow=(name,), delay=DELAY)


def _pass(folder: str, sources: Sequence[Source], port: int, later: timedelta) -> Json:
    before = _ask(port, "/-/manners")
    began = perf_counter()
    with (
        _memory() as used,
        Warehouse(str(Path(folder) / "bench.duckdb")) as warehouse,
        Archive(Path(folder) / "archive", now=now) as archive,
        Workers() as crew,
    ):
        run = Run(new_run_id(now()), warehouse, archive, crew)
        ledgers = Polling(run, lambda: _web(run, later), lambda: now() + later).poll(sources)
        outcomes = dict(warehouse.rows("run_outcomes", run_id=run.id))
    seconds = perf_counter() - began
    manners = _ask(port, "/-/manners")
    total = sum(ledgers.values(), Ledger())
    well = sum(kind(n) in {"well", "slow"} for n in range(len(sources)))
    return {
        "seconds": seconds,
        "megabytes": used[0] / 1e6,
        "polled": len(ledgers),
        "listed": total.listed,
        "loaded": total.new_stories + total.new_versions,
        "unchanged": outcomes.get("unchanged", 0) / well,
        **{name: outcomes.get(name, 0) for name in ("new", "temporary", "soft", "hard")},
        "requests": manners["requests"] - before["requests"],
        "most_at_once": manners["most_at_once"],
        "closest_seconds": manners["closest_seconds"],
    }


def _web(run: Run, later: timedelta) -> Web:
    async def resolve(name: str, _: int) -> Sequence[str]:
        if kind(int(name[1:6])) == "no_name":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return ["127.0.0.1"]

    return Web(
        contact="https://wiredesk.example/bench",
        now=lambda: now() + later,
        robots=run.warehouse.robots(now() + later),
        resolve=resolve,
    )


def _ask(port: int, path: str) -> Json:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        found: Json = orjson.loads(answer.read())
        return found


@contextmanager
def _server(items: int) -> Iterator[int]:
    command = [sys.executable, "-m", "wiredesk.benches.feed_server", str(items)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stdout  # noqa: S101 - asked for above
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


@contextmanager
def _memory() -> Iterator[list[int]]:
    """The most memory (proportional set size, bytes) of this process and its workers together."""
    most = [0]
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.25):
            most[0] = max(most[0], sum(_pss(pid) for pid in _family(os.getpid())))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        stop.set()
        watcher.join()


def _family(pid: int) -> Iterator[int]:
    """A process and its descendants, the bench's own server left out (Linux only)."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = tasks.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            try:
                command = Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:
                continue
            if b"feed_server" not in command:
                yield from _family(child)


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:"), 0) << 10
