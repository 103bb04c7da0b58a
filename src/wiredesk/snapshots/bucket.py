"""Snapshots in an S3-compatible store: `s3://bucket/prefix`.

DuckDB reads and writes Parquet there by itself (httpfs); small files, lists and removals go through
obstore.  An object is there whole or not at all, so nothing is staged; `current.json` comes last.
Who we are is told by the usual variables: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_SESSION_TOKEN, AWS_REGION, and AWS_ENDPOINT_URL for a store that is not Amazon's.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from wiredesk.errors import UserError
from wiredesk.snapshots.catalog import filled, literal
from wiredesk.snapshots.manifest import CATALOG, CURRENT, folder_of

LOCK = "publishing"
STALE = timedelta(hours=1)  #: a publisher that long at it was killed
AMAZON = "s3.amazonaws.com"


class Bucket:
    """Snapshots below a prefix of a bucket."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if not parts.netloc:
            raise UserError(f"{address} names no bucket: s3://bucket/prefix")
        prefix = parts.path.strip("/")
        self.root = f"s3://{parts.netloc}/{prefix}".rstrip("/")
        self.endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
        plain = self.endpoint.startswith("http://")
        self.store = S3Store(
            parts.netloc, prefix=prefix or None, client_options={"allow_http": plain}
        )

    def prepare(self, db: duckdb.DuckDBPyConnection) -> None:
        """Let a connection read and write here."""
        folder = files("duckdb_extension_httpfs") / "extensions" / f"v{duckdb.__version__}"
        db.load_extension(str(folder / "httpfs.duckdb_extension"))
        environ = os.environ.get
        region = environ("AWS_REGION") or environ("AWS_DEFAULT_REGION") or "us-east-1"
        values = {
            "key": environ("AWS_ACCESS_KEY_ID", ""),
            "secret": environ("AWS_SECRET_ACCESS_KEY", ""),
            "token": environ("AWS_SESSION_TOKEN", ""),
            "region": region,
            "endpoint": urlsplit(self.endpoint).netloc or AMAZON,
            "style": "path" if self.endpoint else "vhost",
            "ssl": "false" if self.endpoint.startswith("http://") else "true",
            "scope": self.root,
        }
        quoted = {name: literal(value) for name, value in values.items()}
        db.execute(filled("snapshot", "secret", **quoted))

    def read(self, name: str) -> bytes | None:
        """What a small file holds; None where there is none."""
        with self._asked():
            try:
                return bytes(obstore.get(self.store, name).bytes())
            except FileNotFoundError as no:
                if "NoSuchBucket" in str(no):
                    raise UserError(f"{self.root}: there is no such bucket") from no
                return None

    def staged(self, name: str) -> str:
        """Where DuckDB should write: the object itself, which is not there until it is whole."""
        return f"{self.root}/{name}"

    def settle(self, name: str) -> int:
        """The size of what was written."""
        with self._asked():
            return int(obstore.head(self.store, name)["size"])

    def adopt(self, folder: Path, name: str) -> None:
        """A folder that was made here, under this name; what says that it is whole comes last."""
        found = [path for path in folder.rglob("*") if path.is_file()]
        with self._asked():
            for path in sorted(found, key=lambda path: path.name == "manifest.json"):
                obstore.put(self.store, f"{name}/{path.relative_to(folder).as_posix()}", path)

    def local(self, name: str) -> Path:
        """A copy of a folder below the root, made once, in the place of those made before it."""
        kept = Path.home() / ".cache" / "wiredesk" / sha256(self.root.encode()).hexdigest()[:16]
        target = kept / name
        if not target.is_dir():
            shutil.rmtree(kept, ignore_errors=True)
            kept.mkdir(parents=True)
            with tempfile.TemporaryDirectory(dir=kept) as staged, self._asked():
                for found in self.sizes(name):
                    path = Path(staged, "whole", found.removeprefix(name).lstrip("/"))
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(bytes(obstore.get(self.store, found).bytes()))
                target.parent.mkdir(parents=True, exist_ok=True)
                Path(staged, "whole").rename(target)
        return target

    def sizes(self, under: str) -> dict[str, int]:
        """By name, the size of each object below a folder."""
        with self._asked():
            found = [one for many in obstore.list(self.store, prefix=under) for one in many]
        return {one["path"]: int(one["size"]) for one in found}

    def point(self, snapshot: str, current: bytes) -> None:
        """Make this snapshot the newest: first for people, then for programs."""
        with self._asked():
            obstore.copy(self.store, f"{folder_of(snapshot)}/catalog.duckdb", CATALOG)
            obstore.put(self.store, CURRENT, current)

    def held(self, snapshot: str) -> bool:  # noqa: ARG002 - nobody can tell who reads an object
        """Whether some reader has it open: a store cannot say, and keeps only the newest few."""
        return False

    def remove(self, names: list[str]) -> None:
        """Remove these objects."""
        if names:
            with self._asked():
                obstore.delete(self.store, names)

    def sweep(self) -> None:
        """Nothing is staged here."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one publisher at a time.  Raises UserError where there is another."""
        with self._asked():
            try:
                obstore.put(self.store, LOCK, b"", mode="create")
            except AlreadyExistsError as no:
                if datetime.now(UTC) - obstore.head(self.store, LOCK)["last_modified"] < STALE:
                    raise UserError(
                        f"{self.root}: another publish is running; wait for it, or remove the "
                        f"object {LOCK} if it was killed"
                    ) from no
                obstore.put(self.store, LOCK, b"")
        try:
            yield
        finally:
            self.remove([LOCK])

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A local folder to make things in, that is gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="wiredesk-") as folder:
            path = Path(folder, "snapshot")
            path.mkdir()
            yield path

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except (BaseError, FileNotFoundError) as no:
            said = str(no).strip().splitlines()[0]
            raise UserError(f"{self.root} cannot be used: {said}") from no
