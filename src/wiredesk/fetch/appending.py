"""A WARC file that grows by groups of records: all of a group is durable, or none is there."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path

from wiredesk.errors import Rejected
from wiredesk.fetch.warc import PIECE, Fields, WarcFile, member


class Appending:
    """One file open at its end.  Nothing appended counts before `commit`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._new = not path.exists()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(self._file, fcntl.LOCK_EX)  # tells other writers that somebody is at it
        self._kept = os.fstat(self._file).st_size
        self._written = self._kept
        self._waiting = bytearray()

    @property
    def size(self) -> int:
        """Bytes, with those that wait to be written."""
        return self._written + len(self._waiting)

    def append(self, fields: Fields, block: Sequence[bytes]) -> int:
        """Add a record; the offset it will have.  Raises OSError."""
        offset = self.size
        for piece in member(fields, block):
            self._waiting += piece
            if len(self._waiting) >= PIECE:
                self._write()
        return offset

    def commit(self) -> None:
        """Keep what was appended: on return it is on disk.  Raises OSError."""
        self._write()
        os.fsync(self._file)
        if self._new:
            sync_folder(self.path.parent)
            self._new = False
        self._kept = self._written

    def undo(self) -> None:
        """Cut the file back to what was committed.  Raises OSError."""
        self._waiting.clear()
        os.ftruncate(self._file, self._kept)
        self._written = self._kept

    def close(self) -> None:
        os.close(self._file)

    def _write(self) -> None:
        with memoryview(self._waiting) as waiting:
            done = 0
            while done < len(waiting):  # a disk that fills up takes a part, and then none
                wrote = os.pwrite(self._file, waiting[done:], self._written)
                done += wrote
                self._written += wrote
        self._waiting.clear()


def mend(path: Path) -> None:
    """Cut a file that a killed run left back to its last whole record.

    Damage before that record stays: what was committed after it is worth more than a tidy file.
    """
    whole = 0
    with WarcFile(path) as file:
        for found in file.records():
            if not isinstance(found, Rejected):
                whole = found.end
    handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.ftruncate(handle, whole)
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """A new file or folder is durable only once the folder that it is in is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
