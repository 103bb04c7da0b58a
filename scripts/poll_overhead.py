"""What Prefect adds to one poll of fifty sources: the same pass by `wiredesk run`, by the flow, and
by the deployment that a worker serves, each into a new warehouse.

python -m scripts.poll_overhead --times 3

Each source has a host of its own on loopback (127.0.0.N), so that politeness keeps none waiting.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from scripts.prefect_server import free_port, running
from wiredesk.benches.feed_server import feed
from wiredesk.warehouse import Warehouse

SHARE, SECONDS = 0.20, 5.0  #: what Prefect may add to a pass


class Feeds(BaseHTTPRequestHandler):
    """A feed of invented copy: which one, the address says."""

    items = 20
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        n = int(self.headers["Host"].split(":")[0].rsplit(".", 1)[1])
        robots = self.path == "/robots.txt"
        body = b"User-agent: *\nAllow: /\n" if robots else feed(n, self.items, turned=False)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if robots else "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def wire(folder: Path, sources: int) -> Iterator[Path]:
    """The feeds, and the sources file that names them."""
    port = free_port()
    servers = [ThreadingHTTPServer((f"127.0.0.{n}", port), Feeds) for n in range(1, sources + 1)]
    for server in servers:
        Thread(target=server.serve_forever, daemon=True).start()
    file = folder / "sources.toml"
    file.write_text("\n".join(
        f'[sources.s{n}]\nkind = "feed"\nurl = "http://127.0.0.{n}:{port}/feed.xml"\n'
        f'allow = ["127.0.0.{n}"]\nformat = "feed"\nevery = 86400\n'
        for n in range(1, sources + 1)
    ))  # fmt: skip
    try:
        yield file
    finally:
        for server in servers:
            server.shutdown()


class Measuring:
    """The three ways of one pass."""

    def __init__(self, folder: Path, file: Path, around: dict[str, str], sources: int) -> None:
        self.folder, self.file, self.around, self.sources = folder, file, around, sources
        self.n = 0

    def turns(self, times: int) -> dict[str, float]:
        """The quickest of each way; they take turns, so that a busy minute is nobody's own."""
        ways = {
            "wiredesk run": self.by_command,
            "python -m flows.ingest": self.by_flow,
            "a served deployment": self.by_deployment,
        }
        took: dict[str, list[float]] = {what: [] for what in ways}
        for _ in range(times):
            for what, way in ways.items():
                took[what].append(way())
        return {what: min(seconds) for what, seconds in took.items()}

    def by_command(self) -> float:
        """Seconds that `wiredesk run` takes."""
        run = "import sys; from wiredesk.cli import main; sys.exit(main())"
        return self._timed([sys.executable, "-c", run, "run", "--json"])

    def by_flow(self) -> float:
        """Seconds of the flow in a process of its own, against the server."""
        return self._timed([sys.executable, "-m", "flows.ingest"])

    def by_deployment(self) -> float:
        """Seconds from asking the server for a run to its end, in the worker."""
        warehouse = self._new()
        only = [f"s{n}" for n in range(1, self.sources + 1)]
        began = time.perf_counter()
        named = self._api("GET", "/deployments/name/poll/poll")["id"]
        given = {"parameters": {"only": only, "warehouse": str(warehouse)}}
        run = self._api("POST", f"/deployments/{named}/create_flow_run", given)["id"]
        while (state := self._api("GET", f"/flow_runs/{run}")["state"])["type"] not in ENDED:
            time.sleep(0.1)
        seconds = time.perf_counter() - began
        if state["type"] != "COMPLETED":
            raise RuntimeError(f"the run ended as {state['name']}: {state['message']}")
        self._whole(warehouse)
        return seconds

    @contextmanager
    def served(self) -> Iterator[None]:
        """A worker, once it has done the first pass of its schedule, and shall do no other."""
        command = [sys.executable, "-m", "flows.serve"]
        given = ["--sources", str(self.file), "--warehouse", str(self._new())]
        with (self.folder / "serve.log").open("wb") as log:
            worker = subprocess.Popen([*command, *given], env=self.around, stdout=log, stderr=log)
        try:
            wanted = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}, "limit": 50}
            known = len(self._api("POST", "/flow_runs/filter", wanted))
            while len(self._api("POST", "/flow_runs/filter", wanted)) == known:
                time.sleep(1)
            named = self._api("GET", "/deployments/name/poll/poll")["id"]
            self._api("POST", f"/deployments/{named}/pause_deployment", {})
            yield
        finally:
            worker.terminate()
            worker.wait(60)

    def _timed(self, command: list[str]) -> float:
        warehouse = self._new()
        given = ["--sources", str(self.file), "--warehouse", str(warehouse)]
        began = time.perf_counter()
        subprocess.run([*command, *given], env=self.around, check=True, capture_output=True)
        seconds = time.perf_counter() - began
        self._whole(warehouse)
        return seconds

    def _new(self) -> Path:
        self.n += 1
        return self.folder / f"{self.n}.duckdb"

    def _whole(self, warehouse: Path) -> None:
        with Warehouse(str(warehouse), read_only=True) as found:
            ((stories,),) = found.sql("SELECT count(*) FROM wire.stories")
        if stories != self.sources * Feeds.items:
            raise RuntimeError(f"{stories} stories came, not {self.sources * Feeds.items}")

    def _api(self, method: str, path: str, body: Any = None) -> Any:
        asked = urllib.request.Request(  # noqa: S310 - our own server
            self.around["PREFECT_API_URL"] + path,
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        for left in (2, 1, 0):
            try:
                with urllib.request.urlopen(asked) as answer:  # noqa: S310
                    said = answer.read()
                    return json.loads(said) if said else None
            except urllib.error.HTTPError as no:
                if no.code != 503 or not left:  # its SQLite was busy
                    raise
                time.sleep(0.5)
        return None


ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


def main() -> int:
    """Print a line a way; exit code 1 where Prefect adds more than it may."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--times", type=int, default=3)
    arguments.add_argument("--sources", type=int, default=50)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "prefect").mkdir()
        with wire(folder, given.sources) as file, running(folder / "prefect") as around:
            measuring = Measuring(folder, file, around, given.sources)
            with measuring.served():
                seconds = measuring.turns(given.times)
    print(f"one poll of {given.sources} sources of {Feeds.items} stories, best of {given.times}")
    run = seconds["wiredesk run"]
    allowed = SHARE * run + SECONDS
    for what, took in seconds.items():
        print(f"{what:<24}{took:>7.2f} s{took - run:>+8.2f} s")
    print(f"{'allowed':<24}{'':>9}{allowed:>+8.2f} s")
    return int(max(seconds.values()) - run > allowed)


if __name__ == "__main__":
    sys.exit(main())
