"""Old files of the archive go to where space is cheap, and a link stays in their place.

What is fetched is never thrown away: replays and rebuilds read through the link, for as long as the
other place is there.  A file is copied, compared and synced before the link takes its place by one
renaming, so a kill leaves either the file or the link, and at worst a copy that the next run makes
again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wiredesk.errors import UserError

#: of a file that nobody writes any more: archive.py puts a day into its name
ENDED = "wiredesk-????????-*.warc.gz"


@dataclass(frozen=True, slots=True)
class Rotated:
    """What went to the other place."""

    files: int
    bytes: int


def rotated(root: Path, cold: Path, before: datetime) -> Rotated:
    """Move files of days that ended before an instant.  Raises UserError where it cannot be."""
    if cold.resolve() == root.resolve():
        raise UserError(f"{cold} is the archive itself: name another folder for its old files")
    sizes = []
    try:
        for file in _old(root, before):
            sizes.append(file.stat().st_size)
            _moved(file, cold / file.name)
    except OSError as no:
        raise UserError(f"{cold}: {no.strerror}; what was moved is moved, run it again") from no
    return Rotated(len(sizes), sum(sizes))


def _old(root: Path, before: datetime) -> Iterator[Path]:
    last = f"{before.astimezone(UTC) - timedelta(days=1):%Y%m%d}"
    for file in sorted(root.glob(ENDED)):
        if file.name.split("-")[1] <= last and not file.is_symlink():
            yield file


def _moved(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    begun = to.with_name(f"{to.name}.begun")
    shutil.copyfile(file, begun)
    _synced(begun)
    if _digest(begun) != _digest(file):
        raise OSError(5, f"{to} does not hold what was written to it")
    begun.replace(to)
    _synced(to.parent)
    link = file.with_name(f"{file.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(to.resolve())
    link.replace(file)
    _synced(file.parent)


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
