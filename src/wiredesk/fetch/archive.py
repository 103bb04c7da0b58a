"""The archive: every payload lands here before it is read, once, durably, as WARC any tool reads.

`<root>/wiredesk-YYYYMMDD-NNNN.warc.gz`, one or a few files a UTC day.  The file being written has
`.open` behind its name; addresses never do.  Only `put` changes anything on disk, so any number of
processes may read.  Several may write, as loaders of one lake do: each holds the lock of its own
file, and beginning or ending one needs that of the folder.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import Self

from wiredesk.batch import Reject
from wiredesk.errors import Rejected
from wiredesk.fetch import records
from wiredesk.fetch.appending import Appending, mend, sync_folder
from wiredesk.fetch.warc import Fields, Record, WarcFile, digest
from wiredesk.model import Address, Capture, Source

LARGEST = 256 << 20  # bytes of one file; mending one after a kill reads it whole, in about 3 s
OPEN = ".open"
_NAME = re.compile(r"wiredesk-(\d{8})-(\d{4,})\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Archived:
    """A capture as it was put, where its payload lies, and how its source says that it is read."""

    capture: Capture
    address: Address
    source: Source | None = None


class Archive:
    """A folder of WARC files."""

    def __init__(self, root: Path, *, now: Callable[[], datetime], largest: int = LARGEST) -> None:
        """`largest`: a file that has so many bytes gets no further group."""
        self.root = root
        self._now = now
        self._largest = largest
        self._out: Appending | None = None
        self._mended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, no: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def put(
        self,
        captures: Sequence[tuple[Capture, Address | None]],
        sources: Sequence[Source] = (),
    ) -> list[Address]:
        """Append a record for each capture, sync once, and say where each payload lies.

        `sources` are those of the captures, one each, where they are known: what they say of how
        a payload is read goes into its record.

        With an address comes a capture whose payload is there already: a revisit record is
        written, unless what lies there is not that payload, which is then stored anew.  All of a
        group is kept or none: on any error (a full disk is an OSError) the file is cut back.
        """
        if not captures:
            return []
        out = self._appending()
        stored: dict[str, tuple[Address, Fields]] = {}
        addresses = []
        try:
            if out.size == 0:
                out.append(*records.warcinfo(_final(out.path.name), self._now()))
            for (capture, had), source in zip(captures, sources or repeat(None), strict=False):
                first = stored.get(capture.sha256) or self._original(capture, had)
                if first:
                    address, fields = first
                    out.append(
                        *records.revisit(capture, fields, address.file, address.offset, source)
                    )
                else:
                    fields, block = records.whole(capture, source)
                    address = Address(_final(out.path.name), out.append(fields, block))
                    fields = {name.lower(): value for name, value in fields.items()}
                stored[capture.sha256] = address, fields
                addresses.append(address)
            out.commit()
        except BaseException:
            self._undo(out)
            raise
        return addresses

    def get(self, address: Address) -> bytes:
        """A payload.  Raises Rejected: missing, truncated, damaged."""
        with self._file(address.file) as file:
            return records.payload(file.at(address.offset))

    def at(self, address: Address) -> Archived:
        """The capture whose payload lies at an address.  Raises Rejected, as `get` does."""
        with self._file(address.file) as file:
            record = file.at(address.offset)
        capture = records.captured(record, records.payload(record))
        return Archived(capture, address, records.source_of(record))

    def records(self, since: datetime | None = None) -> Iterator[Archived | Reject]:
        """Every capture in the order it was put, or those fetched at or after an instant.

        What cannot be read is a `Reject`, and the rest goes on.
        """
        for name in self._names():
            # what was fetched on a day is put on that day or later
            if since and _key(name)[0] < f"{since.astimezone(UTC):%Y%m%d}":
                continue
            try:
                with self._file(name) as file:
                    for found in file.records():
                        yield from self._archived(name, found, since)
            except Rejected as no:
                yield _reject(name, no)

    def sizes(self) -> dict[str, int]:
        """The bytes of each file, in the order they were begun."""
        found = {}
        for name in self._names():
            for path in (self.root / name, self.root / f"{name}{OPEN}"):
                if path.exists():
                    found[name] = path.stat().st_size
        return found

    def close(self) -> None:
        """End the file being written.  The same day's next run goes on with it."""
        out, self._out = self._out, None
        if out:
            with _alone(self.root):
                out.close()
                _finish(out.path)

    def _archived(
        self, name: str, found: Record | Rejected, since: datetime | None
    ) -> Iterator[Archived | Reject]:
        try:
            if isinstance(found, Rejected):
                # the tail of a file being written belongs to a `put` that has not returned
                if found.code != "truncated" or (self.root / name).exists():
                    yield _reject(name, found)
                return
            if found.fields.get("warc-type") not in records.CAPTURES:
                return
            refers = records.refers_to(found)
            address = Address(*refers) if refers else Address(name, found.offset)
            body = self.get(address) if refers else records.payload(found)
            capture = records.captured(found, body)
            if since is None or capture.fetched_at >= since:
                yield Archived(capture, address, records.source_of(found))
        except Rejected as no:
            yield _reject(name, no)

    def _original(self, capture: Capture, had: Address | None) -> tuple[Address, Fields] | None:
        """What a revisit may refer to: the record at an address, if that payload is there."""
        if had is None:
            return None
        try:
            with self._file(had.file) as file:
                fields = file.fields_at(had.offset)
        except Rejected:
            return None
        same = fields.get("warc-payload-digest") == digest(capture.sha256)
        return (had, fields) if same and fields.get("warc-type") in records.PAYLOADS else None

    def _file(self, name: str) -> WarcFile:
        """A file open for reading, be it still written or not."""
        if _NAME.fullmatch(name):
            # twice, for it may change its name between two looks
            for path in (self.root / name, self.root / f"{name}{OPEN}") * 2:
                try:
                    return WarcFile(path)
                except FileNotFoundError:
                    continue
        raise Rejected("missing", f"the archive has no file {name}")

    def _names(self) -> list[str]:
        """The names of all files, in the order they were begun."""
        names = {_final(path.name) for path in self.root.glob("wiredesk-*")}
        return sorted(filter(_NAME.fullmatch, names), key=_key)

    def _appending(self) -> Appending:
        day = f"{self._now().astimezone(UTC):%Y%m%d}"
        out = self._out
        if out and (out.size >= self._largest or _key(_final(out.path.name))[0] != day):
            self.close()
        if self._out is None:
            self._out = self._begin(day)
        return self._out

    def _begin(self, day: str) -> Appending:
        """The day's last file if it has room, else a new one; what a killed run left is mended."""
        if not self.root.exists():
            self.root.mkdir(parents=True, exist_ok=True)
            sync_folder(self.root.parent)
        with _alone(self.root):
            if not self._mended:
                for path in self.root.glob(f"wiredesk-*{OPEN}"):
                    if not _held(path):
                        mend(path)
                        _finish(path)
                self._mended = True
            today = [name for name in self._names() if _key(name)[0] == day]
            last = self.root / today[-1] if today else None
            if last and last.exists() and last.stat().st_size < self._largest:
                return Appending(last.rename(f"{last}{OPEN}"))
            number = _key(today[-1])[1] + 1 if today else 1
            return Appending(self.root / f"wiredesk-{day}-{number:04}.warc.gz{OPEN}")

    def _undo(self, out: Appending) -> None:
        try:
            out.undo()
        except OSError:
            # it stays `.open`, and the next `put` cuts it back to its last whole record
            out.close()
            self._out, self._mended = None, False


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """While this process begins or ends a file of the folder, no other does."""
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _held(path: Path) -> bool:
    """Whether a process is writing the file; one that was killed is not."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _finish(path: Path) -> None:
    """Take the `.open` off a file that is whole; either name is found, so nothing is synced."""
    if path.stat().st_size:
        path.rename(path.with_name(_final(path.name)))
    else:
        path.unlink()


def _final(name: str) -> str:
    return name.removesuffix(OPEN)


def _key(name: str) -> tuple[str, int]:
    """The day and number in a file's name."""
    _, day, rest = name.split("-")
    return day, int(rest.split(".")[0])


def _reject(name: str, no: Rejected) -> Reject:
    return Reject("fetch", name, no.code, no.detail, no.where)
