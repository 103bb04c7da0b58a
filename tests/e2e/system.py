"""The services of docker-compose.yml as processes of this machine: the same commands, variables,
secrets and health checks.  Only what a container changes is put in its place: paths, ports, and
the names by which services call each other.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests import postgres
from tests.compose import ROOT, services

OWNER = "desk"  # of the databases that tests/postgres.py makes


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Here:
    """What stands for what, outside of containers."""

    folder: Path
    ports: Mapping[str, int]
    sources: Path
    database: str

    def __call__(self, told: str) -> str:
        swaps = {
            "/etc/wiredesk/sources.toml": str(self.sources),
            "/run/secrets/": f"{self.folder}/secrets/",
            "/wiredesk/docker/": f"{ROOT}/docker/",
            "/snapshots/": f"{self.folder}/snapshots/",
            "/data/": f"{self.folder}/data/",
            "/srv/prefect": f"{self.folder}/prefect",
            "/tmp/": f"{self.folder}/tmp/",  # noqa: S108 - the name in the compose file
            "http://prefect:": "http://127.0.0.1:",
            "0.0.0.0": "127.0.0.1",  # noqa: S104 - ditto
        }
        # in one go, since what is put in holds some of what is looked for
        told = re.sub("|".join(map(re.escape, swaps)), lambda found: swaps[found[0]], told)
        for inside, port in self.ports.items():
            told = str(port) if told == inside else told.replace(f":{inside}/", f":{port}/")
        return told

    def environment(self, given: Mapping[str, str]) -> dict[str, str]:
        """What a container would have, and no more: nothing of the session that runs the test."""
        found = {name: self(value) for name, value in given.items()}
        swaps = {"HOST": "127.0.0.1", "USER": OWNER, "NAME": self.database}
        for name, value in swaps.items():
            if f"PREFECT_SERVER_DATABASE_{name}" in found:
                found[f"PREFECT_SERVER_DATABASE_{name}"] = value
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
        home = str(self.folder / "tmp")
        return {"PATH": path, "HOME": home, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1",
                **found}  # fmt: skip


@dataclass(slots=True)
class Service:
    """A service of the compose file, to be started, asked for its health, and killed."""

    name: str
    here: Here
    declared: dict[str, Any] = field(init=False)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.declared = services()[self.name]

    @property
    def command(self) -> list[str]:
        return [self.here(word) for word in self.declared["command"]]

    @property
    def log(self) -> Path:
        return self.here.folder / f"{self.name}.log"

    def start(self) -> None:
        folder = ROOT if "working_dir" not in self.declared else self.here.folder / "tmp"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [ROOT / "docker" / "start", *self.command],
                cwd=folder,
                env=self.here.environment(self.declared["environment"]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def ended(self, seconds: float) -> int:
        """The exit code of a service that ends by itself."""
        assert self.process
        return self.process.wait(seconds)

    def until_healthy(self, seconds: float) -> None:
        """Ask the health check of the compose file until it is content."""
        check = [self.here(word) for word in self.declared["healthcheck"]["test"][1:]]
        assert self.process
        for _ in until(seconds):
            if self.process.poll() is not None:
                break
            if not subprocess.run(check, capture_output=True, check=False, timeout=20).returncode:
                return
        pytest.fail(f"{self.name} is not healthy\n{self.told()}")

    def running(self) -> list[str]:
        """The command of the process as the system shows it."""
        assert self.process
        found: list[str] = psutil.Process(self.process.pid).cmdline()
        return found

    def kill(self) -> None:
        """At once, with all that it started: what becomes of a container that is killed."""
        if self.process is None:
            return
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.process.pid)
            family = [first, *first.children(recursive=True)]
            for one in family:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            psutil.wait_procs(family, timeout=10)
        self.process.wait(10)

    def told(self) -> str:
        """The end of what it logged, for whoever reads why a test failed."""
        return self.log.read_text("utf-8", "replace")[-4000:] if self.log.exists() else ""


@dataclass(frozen=True, slots=True)
class System:
    """All services, and Prefect's API as a person with the password asks it."""

    here: Here
    services: dict[str, Service]
    password: str

    def api(self, path: str, body: Mapping[str, Any] | None = None, method: str = "") -> Any:
        """What Prefect's API answers: to a POST if there is something to say."""
        user, _, word = self.password.partition(":")
        answer = httpx.request(
            method or ("GET" if body is None else "POST"),
            self.url(f"4200/api/{path}"),
            json=body,
            auth=(user, word),
            timeout=20,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def url(self, port_and_path: str) -> str:
        """An address of the compose file, such as 2718/health, as it is here."""
        port, _, path = port_and_path.partition("/")
        return f"http://127.0.0.1:{self.here.ports[port]}/{path}"

    def told(self) -> str:
        return "\n".join(f"--- {one.name}\n{one.told()}" for one in self.services.values())


def until(seconds: float, pause: float = 0.25) -> Iterator[None]:
    """Again and again, until time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(pause)


@contextmanager
def started(folder: Path, sources: Path) -> Iterator[System]:
    """The system in the order in which Compose starts it, until the block ends."""
    ports = {port: free_port() for port in ("4200", "8080", "2718", "5432")}
    with _database(ports["5432"]) as database:
        here = Here(folder, ports, sources, database)
        password = _secrets(folder)
        for name in ("data", "snapshots", "tmp"):
            (folder / name).mkdir()
        found = {n: Service(n, here) for n in ("prefect", "prepare", "worker", "desk")}
        system = System(here, found, password)
        try:
            found["prefect"].start()
            found["prepare"].start()
            assert found["prepare"].ended(60) == 0, found["prepare"].told()
            found["desk"].start()
            found["prefect"].until_healthy(90)
            found["worker"].start()
            found["worker"].until_healthy(90)
            found["desk"].until_healthy(30)
            yield system
        finally:
            for one in reversed(found.values()):
                one.kill()


@contextmanager
def _database(port: int) -> Iterator[str]:
    """An empty database of a PostgreSQL that listens on loopback; its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(postgres.SETTINGS, "listen_addresses", "127.0.0.1")
        patch.setenv("PGPORT", str(port))  # heard by the server and by those who ask it
        with postgres.serving() as server:
            name, _, _ = server.database().removeprefix("dbname=").partition(" ")
            yield name


def _secrets(folder: Path) -> str:
    """The secrets as files; Prefect's user and password."""
    place = folder / "secrets"
    place.mkdir()
    password = f"desk:{os.urandom(12).hex()}"
    (place / "prefect_auth").write_text(password, "utf-8")
    (place / "postgres_password").write_text(postgres.PASSWORD, "utf-8")
    return password
