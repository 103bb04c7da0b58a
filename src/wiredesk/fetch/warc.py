"""WARC 1.1 records, each a gzip member of its own: written, read at an offset, read in a row.

    file    = { member } ;                          (* a record is one seek away *)
    member  = gzip of record ;
    record  = "WARC/1.1" CRLF { field CRLF } CRLF block CRLF CRLF ;
    field   = name ":" SP value ;

The records are written by hand: warcio compresses at gzip level 9, which is a fifth of the speed,
and copies a payload into a spool first.  They are packed and unpacked by ISA-L, which takes a
quarter of zlib's time.  What is written here is read by warcio and by fastwarc.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from isal import isal_zlib

from wiredesk.errors import Rejected

Fields = Mapping[str, str]

FAST = 1  # pages: 800 MB/s of a core to 0.236 of their size; zlib's 1: 180 MB/s to 0.240
PIECE = 1 << 20  # bytes compressed or read at once; a large payload is never copied whole
FIRST = 16 << 10  # bytes read at once at first: a feed of 30 KB is 8 KB packed
HEAD = 64 << 10  # bytes of a record's fields at most; a locator of 8 KB is long
_GZIP = 16 + isal_zlib.MAX_WBITS
# its stubs take the class for an instance
_BROKEN: type[Exception] = isal_zlib.IsalError  # type: ignore[assignment]
_MAGIC = b"\x1f\x8b\x08"
_VERSION = b"WARC/1."
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `offset` and `end` are those of its gzip member, names are in lower case."""

    offset: int
    end: int
    fields: Fields
    block: memoryview


def member(fields: Fields, block: Sequence[bytes]) -> Iterator[bytes]:
    """The gzip member of a record, in pieces.  `fields` are spelled as they shall stand."""
    pack = isal_zlib.compressobj(FAST, isal_zlib.DEFLATED, _GZIP)
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    yield pack.compress(f"WARC/1.1\r\n{head}\r\n".encode())
    for part in block:
        view = memoryview(part)
        for start in range(0, len(part), PIECE):
            yield pack.compress(view[start : start + PIECE])
    yield pack.compress(_END)
    yield pack.flush()


def digest(sha256: str) -> str:
    """A hexadecimal SHA-256 as WARC labels it: base32 with its padding."""
    return f"sha256:{base64.b32encode(bytes.fromhex(sha256)).decode()}"


class WarcFile:
    """A WARC file open for reading.  Raises FileNotFoundError."""

    def __init__(self, path: Path, largest: int | None = None) -> None:
        """`largest`: bytes of a record, unpacked, in a file that is not our own."""
        self._largest = largest
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def __enter__(self) -> WarcFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, no: BaseException | None, at: TracebackType | None
    ) -> None:
        os.close(self._file)

    def at(self, offset: int) -> Record:
        """The record at an offset.  Raises Rejected: truncated, damaged."""
        data, end = self._member(offset)
        fields, start = _fields(data, offset)
        length = fields.get("content-length", "")
        if not length.isascii() or not length.isdigit() or start + int(length) + 4 != len(data):
            raise _damaged(offset, "a record that is not as long as it says")
        return Record(offset, end, fields, memoryview(data)[start:-4])

    def fields_at(self, offset: int) -> Fields:
        """The fields alone of the record at an offset.  Raises Rejected: truncated, damaged."""
        return _fields(self._head(offset), offset)[0]

    def records(self, since: int = 0) -> Iterator[Record | Rejected]:
        """Every whole record from a byte on, and a `Rejected` for each stretch that is none.

        One rotten sector costs the records it lies in: reading goes on at the next that starts.
        """
        at: int | None = since
        size = os.fstat(self._file).st_size
        while at is not None and at < size:
            try:
                record = self.at(at)
            except Rejected as no:
                yield no
                at = self._next(at + 1)
            else:
                yield record
                at = record.end

    def _member(self, offset: int) -> tuple[bytes, int]:
        """A gzip member unpacked (its CRC holds), and where it ends."""
        unpack = isal_zlib.decompressobj(_GZIP)
        out: list[bytes] = []
        at, size, held = offset, FIRST, 0
        while not unpack.eof:
            packed = os.pread(self._file, size, at)
            if not packed:
                raise Rejected("truncated", "the file ends within a record", f"byte {offset}")
            # a page is 25 KB packed: a whole piece read for each would be 40 times the file
            at, size = at + len(packed), min(2 * size, PIECE)
            try:
                out.append(unpack.decompress(packed, self._largest or 0))
            except _BROKEN as no:
                raise _damaged(offset, "bytes that gzip cannot unpack") from no
            held += len(out[-1])
            if unpack.unconsumed_tail or held > (self._largest or held):
                raise Rejected("too_large", "a record that is too large", f"byte {offset}")
        return b"".join(out), at - len(unpack.unused_data)

    def _head(self, offset: int) -> bytes:
        packed = os.pread(self._file, FIRST, offset)
        try:
            return isal_zlib.decompressobj(_GZIP).decompress(packed, HEAD)
        except _BROKEN as no:
            raise _damaged(offset, "bytes that gzip cannot unpack") from no

    def _next(self, at: int) -> int | None:
        """Where the next record starts, at or after a place that is within none."""
        while packed := os.pread(self._file, PIECE, at):
            found = packed.find(_MAGIC)
            while found >= 0:
                if self._starts(at + found):
                    return at + found
                found = packed.find(_MAGIC, found + 1)
            at += len(packed) if len(packed) < PIECE else PIECE - len(_MAGIC) + 1
        return None

    def _starts(self, offset: int) -> bool:
        try:
            return self._head(offset).startswith(_VERSION)
        except Rejected:
            return False


def _fields(data: bytes, offset: int) -> tuple[Fields, int]:
    """A record's fields, and where in it its block starts."""
    end = data.find(_END)
    if end < 0 or not data.startswith(_VERSION):
        raise _damaged(offset, "no WARC record")
    fields: dict[str, str] = {}
    for line in data[:end].decode("utf-8", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        fields[name.lower()] = value.strip(" \t")
    return fields, end + len(_END)


def _damaged(offset: int, detail: str) -> Rejected:
    return Rejected("damaged", detail, f"byte {offset}")
