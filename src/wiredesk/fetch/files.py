"""Files, folders and standard input to captures; what cannot be opened becomes a reject."""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from wiredesk.batch import Reject
from wiredesk.model import Capture

GZIP = b"\x1f\x8b"
LARGEST = 4 << 30  # bytes of one file, unpacked: a year of a large agency fits, a bomb does not


def captures(paths: Iterable[str], source: str, now: datetime) -> Iterator[Capture | Reject]:
    """A capture or a reject for each path; a folder gives each file in it, sorted by name.

    Hidden files and `.part` files (still being written) are left alone.  `-` is standard input.
    """
    for path in paths:
        if path == "-":
            yield _capture("-", sys.stdin.buffer.read(), source, now)
            continue
        yield from _path(Path(path), source, now)


def _path(path: Path, source: str, now: datetime) -> Iterator[Capture | Reject]:
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _left_alone(p, path))
        if not inside:
            yield Reject("fetch", str(path), "empty_folder", "a folder without files")
        for file in inside:
            yield _file(file, source, now)
    else:
        yield _file(path, source, now)


def _left_alone(path: Path, under: Path) -> bool:
    parts = path.relative_to(under).parts
    return any(part.startswith(".") for part in parts) or path.suffix in {".part", ".tmp"}


def _file(path: Path, source: str, now: datetime) -> Capture | Reject:
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        return Reject("fetch", str(path), "missing", "no such file")
    except OSError as no:
        return Reject("fetch", str(path), "unreadable", no.strerror or str(no))
    if body.startswith(GZIP):
        unpacked = _gunzip(body)
        if unpacked is None:
            return Reject(
                "fetch", str(path), "bad_gzip", "a gzip file that is damaged or too large"
            )
        body = unpacked
    return _capture(str(path), body, source, now)


def _capture(locator: str, body: bytes, source: str, now: datetime) -> Capture:
    name = locator.removesuffix(".gz")
    return Capture(source, name, body, now, hashlib.sha256(body).hexdigest())


def _gunzip(packed: bytes) -> bytes | None:
    """Every member of a gzip file, or None where it is damaged or larger than allowed."""
    out = bytearray()
    while packed:
        unpack = zlib.decompressobj(wbits=31)
        try:
            out += unpack.decompress(packed, LARGEST - len(out))
        except zlib.error:
            return None
        if unpack.unconsumed_tail or not unpack.eof:
            return None
        packed = unpack.unused_data.lstrip(b"\0")
    return bytes(out)
