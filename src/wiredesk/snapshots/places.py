"""Where snapshots lie: a folder.  bucket.py has the other kind, an S3-compatible store.

What is written is staged under another name and renamed when it is whole, so a reader never sees
half of anything, and what a kill leaves behind is known by its name.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import duckdb

from wiredesk.errors import UserError
from wiredesk.snapshots.manifest import CATALOG, CURRENT, folder_of

STAGED = ".staged"
LOCK = ".lock"


class Place(Protocol):
    """Where snapshots lie.  Names are below its root, with slashes."""

    root: str  #: as DuckDB is to be told

    def prepare(self, db: duckdb.DuckDBPyConnection) -> None:
        """Let a connection read and write here."""

    def read(self, name: str) -> bytes | None:
        """What a small file holds; None where there is none."""

    def staged(self, name: str) -> str:
        """Where DuckDB should write what `settle` then puts under this name."""

    def settle(self, name: str) -> int:
        """Put what was staged where readers find it; its size."""

    def adopt(self, folder: Path, name: str) -> None:
        """A folder that was made here, under this name."""

    def local(self, name: str) -> Path:
        """A folder below the root, as one of this machine."""

    def sizes(self, under: str) -> dict[str, int]:
        """By name, the size of each file below a folder."""

    def point(self, snapshot: str, current: bytes) -> None:
        """Make this snapshot the newest."""

    def held(self, snapshot: str) -> bool:
        """Whether some reader has it open."""

    def remove(self, names: list[str]) -> None:
        """Remove these files, and folders that this leaves empty."""

    def sweep(self) -> None:
        """Remove what a publisher that was killed had staged."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one publisher at a time.  Raises UserError where there is another."""
        yield

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A local folder to make things in, that is gone afterwards."""
        yield Path()


class Folder:
    """Snapshots in a local folder."""

    def __init__(self, path: str) -> None:
        self.path = Path(path).absolute()
        self.root = str(self.path)

    def prepare(self, db: duckdb.DuckDBPyConnection) -> None:
        """Let a connection read and write here: a folder asks for nothing."""

    def read(self, name: str) -> bytes | None:
        """What a small file holds; None where there is none."""
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def staged(self, name: str) -> str:
        """Where DuckDB should write what `settle` then puts under this name."""
        path = self.path / STAGED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return str(path)

    def settle(self, name: str) -> int:
        """Put what was staged where readers find it; its size."""
        source, target = self.path / STAGED / name, self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(source)
        source.rename(target)
        return target.stat().st_size

    def adopt(self, folder: Path, name: str) -> None:
        """A folder that was made here, under this name."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        for path in folder.rglob("*"):
            if path.is_file():
                _sync(path)
        folder.rename(target)

    def local(self, name: str) -> Path:
        """A folder below the root, as one of this machine."""
        return self.path / name

    def sizes(self, under: str) -> dict[str, int]:
        """By name, the size of each file below a folder."""
        return {
            path.relative_to(self.path).as_posix(): path.stat().st_size
            for path in (self.path / under).rglob("*")
            if path.is_file()
        }

    def point(self, snapshot: str, current: bytes) -> None:
        """Make this snapshot the newest: first for people, then for programs."""
        link = Path(self.staged(CATALOG))
        link.unlink(missing_ok=True)
        link.symlink_to(f"{folder_of(snapshot)}/catalog.duckdb")
        link.rename(self.path / CATALOG)
        Path(self.staged(CURRENT)).write_bytes(current)
        self.settle(CURRENT)

    def held(self, snapshot: str) -> bool:
        """Whether some reader has it open: DuckDB then holds a lock on the catalog."""
        catalog = self.path / folder_of(snapshot) / "catalog.duckdb"
        return catalog.exists() and (_open_here(catalog) or _locked_elsewhere(catalog))

    def remove(self, names: list[str]) -> None:
        """Remove these files, and folders that this leaves empty."""
        for name in names:
            path = self.path / name
            path.unlink(missing_ok=True)
            with suppress(OSError):  # the first that is not empty ends it
                for folder in path.relative_to(self.path).parents[:-1]:
                    (self.path / folder).rmdir()

    def sweep(self) -> None:
        """Remove what a publisher that was killed had staged."""
        shutil.rmtree(self.path / STAGED, ignore_errors=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one publisher at a time.  Raises UserError where there is another."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / LOCK).open("w")
        except OSError as no:
            raise UserError(f"{self.path}: {no.strerror}; name another place with --to") from no
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as no:
                raise UserError(f"{self.path}: another publish is running; wait for it") from no
            yield

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder to make things in, that is gone afterwards: on the same disk, to be renamed."""
        path = self.path / STAGED / "workshop"
        path.mkdir(parents=True)
        try:
            yield path
        finally:
            self.sweep()


def _sync(path: Path) -> None:
    """To the disk: a rename must not outlive, in a power cut, the bytes that it names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _open_here(path: Path) -> bool:
    """Whether this process has the file open: closing another handle would drop its locks."""
    handles = Path("/proc/self/fd")
    target = str(path.resolve())
    return handles.is_dir() and any(_links_to(handle, target) for handle in handles.iterdir())


def _links_to(handle: Path, target: str) -> bool:
    try:
        return str(handle.readlink()) == target
    except OSError:
        return False


def _locked_elsewhere(path: Path) -> bool:
    """Whether another process has the file locked, for reading or writing."""
    try:
        with path.open("rb+") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as no:
        return no.errno in {errno.EACCES, errno.EAGAIN}
    return False


def place_of(to: str) -> Place:
    """The place that a path or an `s3://` address names."""
    if to.startswith("s3://"):
        from wiredesk.snapshots.bucket import Bucket  # noqa: PLC0415 - most never need it

        return Bucket(to)
    return Folder(to)
