"""The members of zip and tar archives, in the order they lie in, as streams.

    name = part , { "/" , part } ;       (* relative; no part is "..", the first is no drive *)

What a Mac or a version control left beside the copy (`__MACOSX/`, `.DS_Store`) is passed over, as
hidden files of a folder are.
"""

from __future__ import annotations

import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from wiredesk.errors import Rejected
from wiredesk.fetch.packed import Budget

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = 1  # bit of a zip member's flags
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
BESIDE = re.compile(r"(?:^|/)(?:\.(?!\.?[/\\])|__MACOSX/)")

Stream = IO[bytes]


def of_zip(file: IO[bytes], budget: Budget) -> Iterator[tuple[str, Stream | Rejected]]:
    """Name and stream of each member, or why it is refused.  Raises Rejected (bad_archive)."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, NotImplementedError) as no:
        raise Rejected("bad_archive", f"a zip file that cannot be opened: {no}") from no
    with archive:
        for member in archive.infolist():
            budget.member()
            if member.is_dir() or BESIDE.search(member.filename):
                continue
            links = stat.S_ISLNK(member.external_attr >> 16)
            if refused := _refused(member.filename, links=links):
                yield _shown(member.filename), refused
            elif member.flag_bits & ENCRYPTED:
                yield member.filename, Rejected("encrypted", "a member under a password")
            else:
                try:
                    stream = archive.open(member)
                except (zipfile.BadZipFile, OSError, NotImplementedError, zlib.error) as broken:
                    said = f"a member that cannot be opened: {broken}"
                    yield member.filename, Rejected("bad_archive", said)
                else:
                    with stream:
                        yield member.filename, stream


def of_tar(file: IO[bytes], budget: Budget) -> Iterator[tuple[str, Stream | Rejected]]:
    """As `of_zip`, of a stream that need not be sought in."""
    try:
        with tarfile.open(fileobj=file, mode="r|") as archive:
            for member in archive:
                archive.members = []  # type: ignore[attr-defined]  # else it keeps all that it has passed
                budget.member()
                if member.isdir() or BESIDE.search(member.name.removeprefix("./")):
                    continue
                name = member.name.removeprefix("./")
                if refused := _refused(name, links=not member.isreg()):
                    yield _shown(name), refused
                elif stream := archive.extractfile(member):
                    yield name, stream
    except (tarfile.TarError, EOFError, OSError, ValueError) as no:
        raise Rejected("bad_archive", f"a tar file that is damaged or cut off: {no}") from no


def is_tar(head: bytes) -> bool:
    """Whether a header of tar with a right checksum starts a file."""
    if len(head) < tarfile.BLOCKSIZE:
        return False
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _refused(name: str, *, links: bool) -> Rejected | None:
    if OUTSIDE.search(name):
        return Rejected("archive_path", "a member whose name leads out of its archive")
    return Rejected("archive_link", "a member that is a link or a device") if links else None


def _shown(name: str) -> str:
    return re.sub(r"[\x00-\x1f]", "?", name)
