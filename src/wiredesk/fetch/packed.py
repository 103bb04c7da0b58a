"""Packed streams as they unpack, and what unpacking may cost: gzip, zstandard, bzip2, xz.

    packed = gzip | zstandard | bzip2 | xz ;      (* told by the first bytes, never by the name *)

Everything that comes out of one file is counted together, however deep it was packed: a bomb may be
spread over members and layers.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from wiredesk.errors import Rejected

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstandard",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
}
SUFFIXES = (".gz", ".gzip", ".zst", ".zstd", ".bz2", ".xz")
PIECE = 64 << 10  # bytes unpacked at once, and what a peek sees
TOTAL = 256 << 30  # bytes that a file may unpack to; a million long stories are 5 GB
#: unpacked over packed, looked at from FREE on: JSON Lines pack 3 to 30 times, a sitemap of like
#: addresses 54 times, a bomb of zeros 1,030 times a layer
RATIO = 200
FREE = 64 << 20
MEMBERS = 200_000  # of a file; a year of a large agency's
XZ_MEMORY = 128 << 20  # bytes; `xz -9` wants 65 MB
DAMAGE = (
    *(EOFError, OSError, ValueError, NotImplementedError),
    *(zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError),
)


class Reads(Protocol):
    """All that is asked of a stream: its next bytes, none at its end."""

    def read(self, size: int, /) -> bytes | None: ...


@dataclass(slots=True)
class Budget:
    """What may come out of one file."""

    packed: int  #: bytes of the file as it lies
    unpacked: int = 0  #: bytes that came out so far, of all members and layers
    members: int = 0

    def take(self, size: int) -> None:
        """Count what came out.  Raises Rejected (archive_bomb)."""
        self.unpacked += size
        if self.unpacked > TOTAL:
            raise Rejected("archive_bomb", f"unpacks to over {TOTAL >> 30} GB")
        if self.unpacked > max(FREE, RATIO * self.packed):
            raise Rejected("archive_bomb", f"unpacks to over {RATIO} times its size")

    def member(self) -> None:
        """Count a member.  Raises Rejected (archive_bomb)."""
        self.members += 1
        if self.members > MEMBERS:
            raise Rejected("archive_bomb", f"has over {MEMBERS:,} members")


class Filling(io.RawIOBase):
    """A stream that fills a buffer as far as there is something, so that a peek is long."""

    def readable(self) -> bool:
        return True

    def readinto(self, into: WriteableBuffer) -> int:
        view, done = memoryview(into).cast("B"), 0
        while done < len(view):
            try:
                piece = self.piece(min(PIECE, len(view) - done))
            except Rejected:
                if done:
                    break  # what came before it is read first; the next read meets it again
                raise
            if not piece:
                break
            view[done : done + len(piece)] = piece
            done += len(piece)
        return done

    def piece(self, size: int) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        raise NotImplementedError


class Arriving(Filling):
    """A stream of a length that no one knows: what came so far is what counts as packed."""

    def __init__(self, stream: Reads, budget: Budget) -> None:
        super().__init__()
        self._stream, self._budget = stream, budget

    def piece(self, size: int) -> bytes:
        found = self._stream.read(size) or b""
        self._budget.packed += len(found)
        return found


class Counted(Filling):
    """A stream whose bytes count against a budget, and whose damage is a `Rejected`."""

    def __init__(self, stream: Reads, budget: Budget, code: str, what: str) -> None:
        super().__init__()
        # `read` of a buffered stream loses what came before damage, `read1` gives it
        self._read = getattr(stream, "read1", stream.read)
        self._budget = budget
        self._code, self._what = code, what
        self._fault: Rejected | None = None

    def piece(self, size: int) -> bytes:
        if self._fault:
            raise self._fault
        try:
            found = self._read(size) or b""
            self._budget.take(len(found))
        except DAMAGE as no:
            self._fault = Rejected(self._code, f"{self._what}: {_first_line(no)}")
            raise self._fault from no
        except Rejected as no:
            self._fault = no
            raise
        return found


def coding_of(head: bytes) -> str | None:
    """How a stream is packed, by its first bytes."""
    return next((name for magic, name in MAGIC.items() if head.startswith(magic)), None)


def unpacking(packed: BinaryIO, coding: str, budget: Budget) -> io.BufferedReader:
    """A stream as it unpacks.  Reading it raises Rejected: bad_gzip, bad_archive, archive_bomb."""
    stream: Reads
    if coding == "gzip":
        stream = gzip.GzipFile(fileobj=packed)
    elif coding == "bzip2":
        stream = bz2.BZ2File(packed)
    elif coding == "xz":
        stream = _Xz(packed)
    else:
        import pyarrow as pa  # noqa: PLC0415 - 0.15 s that only zstandard needs

        stream = _Zstandard(pa.CompressedInputStream(pa.PythonFile(packed, "r"), "zstd"))
    code = "bad_gzip" if coding == "gzip" else "bad_archive"
    return buffered(Counted(stream, budget, code, f"a damaged {coding} stream"))


def buffered(raw: Counted | Arriving) -> io.BufferedReader:
    """A stream that can be looked into before it is read."""
    return io.BufferedReader(raw, PIECE)


class _Zstandard:
    """Arrow gives nothing of a read that ends in damage, so little is read at once."""

    def __init__(self, stream: Reads) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes | None:
        """The next bytes, at most `size`; none at the end."""
        return self._stream.read(min(size, 8 << 10))


class _Xz:
    """`lzma.LZMAFile` knows no limit of memory, and the head of a file may ask for gigabytes."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._unpack: lzma.LZMADecompressor | None = None
        self._left = b""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        while True:
            if self._unpack is None:
                self._left = self._left.lstrip(b"\0") or self._packed.read(PIECE).lstrip(b"\0")
                if not self._left:
                    return b""
                self._unpack = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)
            if self._unpack.needs_input and not self._left:
                self._left = self._packed.read(PIECE)
                if not self._left:
                    raise EOFError("it ends in the middle")
            piece = self._unpack.decompress(self._left, size)
            self._left = b""
            if self._unpack.eof:
                self._left, self._unpack = self._unpack.unused_data, None
            if piece:
                return piece


def _first_line(no: BaseException) -> str:
    return (str(no).splitlines() or [type(no).__name__])[0][:200]
