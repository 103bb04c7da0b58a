"""A file that can be sought in and has a name: as it lies, or a copy of what comes as a stream."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from wiredesk.errors import Rejected

SPOOL = 16 << 30  # bytes of a member that must be sought in, which lies on disk meanwhile


class Sought:
    """A context manager; `path` where the file lies on disk as it is."""

    def __init__(self, file: io.BufferedReader, path: Path | None) -> None:
        self._file, self._path = file, path
        self._copy: IO[bytes] | None = None

    def __enter__(self) -> IO[bytes]:
        """The file at its start.  Raises Rejected: too_large, or what ends the stream."""
        if self._path:
            self._file.seek(0)
            return self._file
        copy = self._copy = NamedTemporaryFile(prefix="wiredesk-")
        try:
            self._fill(copy)
        except BaseException:
            copy.close()
            raise
        return copy

    def __exit__(self, *_: object) -> None:
        if self._copy:
            self._copy.close()

    def _fill(self, copy: IO[bytes]) -> None:
        size = 0
        try:
            while piece := self._file.read1(1 << 20):
                size += len(piece)
                if size > SPOOL:
                    raise Rejected("too_large", f"a member of over {SPOOL >> 30} GB")
                copy.write(piece)
        except OSError as no:
            said = f"there is no room to unpack it: {no.strerror or no}"
            raise Rejected("unreadable", said) from no
        copy.flush()
        copy.seek(0)
