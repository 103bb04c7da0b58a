"""A large file as it unpacks, plain or gzip, and from where each byte of it can be read again.

    file = plain | member , { member } , [ zeros ] ;

A gzip member can be read only from its start.  A place in a file is therefore two numbers: a byte
of the file where reading can start, and how many unpacked bytes to pass over from there.  Memory
is that of a few pieces, however large the file.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from wiredesk.errors import UserError

GZIP = b"\x1f\x8b"
PIECE = 1 << 20  # bytes read or unpacked at once
LONGEST = 64 << 20  # bytes of a line; a story of a megabyte is rare


class Unpacking:
    """A file open at a place.  A context manager.

    `fault` says in words what ended it before its end; with `hashing` its bytes are hashed as they
    are read.
    """

    def __init__(
        self, path: str, opens_at: int = 0, skips: int = 0, *, hashing: bool = False
    ) -> None:
        self.fault: str | None = None
        self.at = 0  #: unpacked bytes taken since `opens_at`
        self._path = path
        self._file = Path(path).open("rb")  # noqa: SIM115 - closed by __exit__
        self._hash = sha256() if hashing else None
        self._size = 0
        self._buffer = bytearray()
        self._packed = self._file.read(len(GZIP)) == GZIP
        self._file.seek(opens_at)
        self._raw = b""
        self._read = opens_at  #: bytes of the file that went into `_raw` or past it
        self._unpack: zlib._Decompress | None = None
        #: where members start: unpacked, in the file
        self._members: deque[tuple[int, int]] = deque([(0, opens_at)])
        self._out = 0  #: unpacked bytes that came into the buffer
        while skips > 0 and self._more():
            passed = min(skips, len(self._buffer))
            self._drop(passed)
            skips -= passed

    def __enter__(self) -> Unpacking:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, no: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def place(self) -> tuple[int, int]:
        """Where the next byte can be read again: a byte of the file, and how many to pass over."""
        if not self._packed:
            return self._members[0][1] + self.at, 0
        while len(self._members) > 1 and self._members[1][0] <= self.at:
            self._members.popleft()
        start, byte = self._members[0]
        return byte, self.at - start

    @property
    def held(self) -> int:
        """Bytes that are unpacked and not taken."""
        return len(self._buffer)

    def take(self, size: int) -> bytes:
        """The next `size` bytes; fewer where the file ends, or breaks off."""
        while len(self._buffer) < size and self._fill():
            pass
        found = bytes(self._buffer[:size])
        self._drop(len(found))
        return found

    def lines(self) -> Iterator[bytes]:
        """Each line with its end; half a line before a fault is none.  Raises UserError."""
        searched = 0
        while True:
            end = self._buffer.find(b"\n", searched) + 1
            if end:
                line = bytes(self._buffer[:end])
                self._drop(end)
                searched = 0
                yield line
            elif len(self._buffer) > LONGEST:
                raise UserError(f"{self._path} has a line of over {LONGEST >> 20} MB: no dump")
            else:
                searched = len(self._buffer)
                if not self._fill():
                    break
        if self._buffer and self.fault is None:
            line = bytes(self._buffer)
            self._drop(len(line))
            yield line

    def digest(self) -> tuple[int, str]:
        """Size and SHA-256 of the whole file, if it was hashed from its start."""
        while self._pull():
            pass
        return self._size, self._hash.hexdigest() if self._hash else ""

    def _drop(self, size: int) -> None:
        del self._buffer[:size]
        self.at += size

    def _more(self) -> bool:
        return bool(self._buffer) or self._fill()

    def _pull(self) -> bytes:
        piece = self._file.read(PIECE)
        self._size += len(piece)
        if self._hash:
            self._hash.update(piece)
        return piece

    def _fill(self) -> bool:
        """Unpack some more; False at the end."""
        if self.fault:
            return False
        if not self._packed:
            piece = self._pull()
            self._buffer += piece
            return bool(piece)
        while True:
            if not self._raw:
                self._raw = self._pull()
                self._read += len(self._raw)
            if self._unpack is None and not self._begin():
                return False
            ended = not self._raw
            if self._inflate():
                return True
            if ended and self._unpack and not self.fault:
                self.fault = "it ends in the middle of its gzip stream"
            if self.fault:
                return False

    def _begin(self) -> bool:
        """Start a member; False where there is none."""
        while True:
            self._raw = self._raw.lstrip(b"\0") if self._out else self._raw
            if len(self._raw) >= len(GZIP):
                break
            piece = self._pull()
            if not piece:
                if self._raw:
                    self.fault = "something stands behind its last gzip member"
                return False
            self._read += len(piece)
            self._raw += piece
        if not self._raw.startswith(GZIP):
            self.fault = "something that is no gzip stands behind a gzip member"
            return False
        self._unpack = zlib.decompressobj(wbits=31)
        if self._out:
            self._members.append((self._out, self._read - len(self._raw)))
        return True

    def _inflate(self) -> bool:
        """Unpack a piece into the buffer; whether any came."""
        assert self._unpack is not None  # noqa: S101 - _fill began one
        try:
            piece = self._unpack.decompress(self._raw, PIECE)
        except zlib.error:
            self.fault = f"its gzip stream is damaged before byte {self._read:,}"
            return False
        self._raw = self._unpack.unconsumed_tail
        if self._unpack.eof:
            self._raw = self._unpack.unused_data
            self._unpack = None
        self._buffer += piece
        self._out += len(piece)
        return bool(piece)


def head(path: str, size: int) -> bytes:
    """The first bytes of a file, unpacked."""
    with Unpacking(path) as file:
        return file.take(size)


def fingerprint(path: str) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    with Path(path).open("rb") as file:
        hashed, size = sha256(), 0
        while piece := file.read(PIECE):
            hashed.update(piece)
            size += len(piece)
    return size, hashed.hexdigest()
