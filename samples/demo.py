"""`make run`: put the sample wire on loopback, poll it twice, publish, and show what came of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from samples.wire_server import PORT, WireServer, serving

ROOT = Path(__file__).parents[1]
WAREHOUSE = Path("build/newswire.duckdb")
SOURCES = ROOT / "flows" / "sources.toml"


def main() -> int:
    WAREHOUSE.parent.mkdir(exist_ok=True)
    try:
        context = serving(PORT)
        server = context.__enter__()
    except OSError:  # the port is taken: any other will do
        context = serving(0)
        server = context.__enter__()
    try:
        sources = _sources(server)
        print(f"The sample wire is on {server.url}; first pass:\n", flush=True)
        first = _run(sources)
        server.turn_page()
        print("\nSecond pass: an update, a correction, a withdrawal, the rest 304:\n", flush=True)
        second = _run(sources, "--highlights")
    finally:
        context.__exit__(None, None, None)
    print("\nFor readers, who are never in the way of a load:\n", flush=True)
    published = _wiredesk("publish")
    # 1 says that some items were rejected, as the sample's broken ones must be
    return 0 if {first, second} <= {0, 1} and published == 0 else 2


def _sources(server: WireServer) -> Path:
    """The sources file, as it is if the server got the port that it names."""
    return SOURCES if server.url.endswith(f":{PORT}") else moved_sources(server, WAREHOUSE.parent)


def moved_sources(server: WireServer, folder: Path) -> Path:
    """A copy of the sources file in `folder` that points at the port that the server got."""
    moved = folder / "sources.toml"
    text = SOURCES.read_text("utf-8").replace(f"http://127.0.0.1:{PORT}", server.url)
    moved.write_text(text.replace("../samples", str(ROOT / "samples")), "utf-8")
    return moved


def _run(sources: Path, *flags: str) -> int:
    """The exit code of `wiredesk run`; a crash is told from exit code 1 by what it printed."""
    return _wiredesk("run", "--all", "--sources", str(sources), *flags)


def _wiredesk(*arguments: str) -> int:
    command = [sys.executable, "-m", "wiredesk.cli", *arguments, "--warehouse", str(WAREHOUSE)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
