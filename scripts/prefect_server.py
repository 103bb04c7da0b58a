"""A Prefect server of one's own on loopback, in a folder of its own: for tests and measurements."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STARTS = 120.0  #: seconds; on a busy machine it takes half a minute


def surroundings(folder: Path, port: int) -> dict[str, str]:
    """The environment of the server, and of all who talk to it.  Nothing leaves this machine."""
    return {
        **os.environ,
        "PREFECT_HOME": str(folder),
        "PREFECT_PROFILES_PATH": str(folder / "profiles.toml"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
    }


@contextmanager
def running(folder: Path, **more: str) -> Iterator[dict[str, str]]:
    """A server for as long as the block runs; the environment in which it is talked to."""
    port = free_port()
    around = {**surroundings(folder, port), **more}
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=around, stdout=log, stderr=log)
    try:
        _wait(f"{around['PREFECT_API_URL']}/health", server, folder / "server.log")
        yield around
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            if answer.status == 200:
                return
        time.sleep(0.25)
    raise RuntimeError(f"the Prefect server did not start:\n{log.read_text()[-2000:]}")
