"""A real PostgreSQL for tests: a cluster in a temporary folder, on a socket of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

PASSWORD = "p ss'wörd"  # noqa: S105 (of a server that lives for a test)
#: fast, since what is in it is thrown away
SETTINGS = {"listen_addresses": "", "fsync": "off", "shared_buffers": "16MB"}


@dataclass(slots=True)
class Postgres:
    """A server of our own, which asks for `PASSWORD`."""

    programs: Path
    folder: Path
    account: str | None  #: who runs it: PostgreSQL refuses root
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        command = [str(self.programs / "postgres"), "-D", f"{self.folder}/data", "-k", self.folder]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*map(str, command)], user=self.account, stdout=log, stderr=log, cwd=self.folder
            )
        for _ in range(200):
            try:
                self._server().close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        """At once, as if the machine were gone."""
        self.process.send_signal(3)  # SIGQUIT: immediate shutdown
        self.process.wait(20)

    def database(self) -> str:
        """A new, empty database: its libpq string, without the password."""
        name = f"wire_{secrets.token_hex(4)}"
        with self._server() as server:
            server.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return f"dbname={name} host={self.folder} user=desk"

    def _server(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.folder), user="desk", password=PASSWORD, dbname="postgres",
            autocommit=True,
        )  # fmt: skip


@contextmanager
def serving() -> Iterator[Postgres]:
    """A running server; the test is skipped where PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    account = None if os.geteuid() else _account()
    # a socket's path may have 107 bytes, so not in pytest's folder
    folder = Path(tempfile.mkdtemp(prefix="wire-pg-"))
    try:
        if account:
            shutil.chown(folder, account)
        secret = folder / "secret"
        secret.write_text(PASSWORD, "utf-8")
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "desk", "-A", "scram-sha-256",
             "--pwfile", secret, "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, user=account, cwd=folder,
        )  # fmt: skip
        server = Postgres(programs, folder, account)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((p for p in places if (p / "initdb").exists() and (p / "postgres").exists()), None)


def _account() -> str:
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
