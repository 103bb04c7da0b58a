"""A body taken in piece by piece: content coding off, and stopped where it grows past its limits.

httpx would unpack each piece whole, and one piece of 64 KB can hold 66 MB of zeros.
"""

from __future__ import annotations

import zlib

from wiredesk.errors import Soft, Temporary

CODINGS = {"": None, "identity": None, "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
ACCEPTED = b"gzip, deflate"
GZIP = b"\x1f\x8b"
STEP = 1 << 20  # unpacked at a time, so that a bomb is seen after one step
MEMBERS = 1000  # of one gzip stream; a log served as it grows has hundreds, empty ones cost time
PIECES = 100_000  # 64 MB by the kilobyte; an endless body in chunks of one byte costs 30 µs each


class Body:
    """The body of one answer as it comes."""

    def __init__(self, url: str, coding: str, largest: int, ratio: int) -> None:
        """`largest` in bytes, `ratio` of unpacked over packed.

        Raises Soft for a content coding that was not asked for.
        """
        if coding.strip().lower() not in CODINGS:
            raise Soft(url, f"content coding {coding[:40]!r}, not asked for")
        self.unpacked = bytearray()
        self._url = url
        self._coding = CODINGS[coding.strip().lower()]
        self._largest, self._ratio = largest, ratio
        self._unpack: zlib._Decompress | None = None
        self._head = b""  #: what came before two bytes told the coding
        self._packed = self._pieces = self._members = 0
        self._padding = False  #: what follows the last member is not taken in

    def take(self, piece: bytes) -> None:
        """One more piece.  Raises Soft (too large, a bomb) or Temporary (damaged)."""
        self._packed += len(piece)
        self._pieces += 1
        if self._packed > self._largest or self._pieces > PIECES:
            raise self._too_large()
        if self._coding and self._unpack is None:
            piece = self._head + piece
            if len(piece) < len(GZIP):
                self._head = piece
                return
            self._unpack = self._begin(piece)
        if self._unpack is None:
            self.unpacked += piece
            self._weigh()
        elif not self._padding:
            self._inflate(self._unpack, piece)

    def whole(self) -> bytes:
        """All of it.  Raises Temporary where the packed stream ends before its end."""
        if self._unpack is None:
            return bytes(self.unpacked + self._head if self._coding else self.unpacked)
        self.unpacked += self._unpack.flush()
        if not self._unpack.eof:
            raise Temporary(self._url, f"ends in the middle of its {self._coding} stream")
        return bytes(self.unpacked)

    def _begin(self, head: bytes) -> zlib._Decompress | None:
        if self._coding == "gzip":
            if head.startswith(GZIP):
                return zlib.decompressobj(wbits=31)
            self._coding = None  # labelled gzip and sent plain, as caches before old servers do
            return None
        wrapped = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
        return zlib.decompressobj(wbits=15 if wrapped else -15)  # half of all servers send it bare

    def _inflate(self, unpack: zlib._Decompress, piece: bytes) -> None:
        while piece:
            try:
                self.unpacked += unpack.decompress(piece, STEP)
            except zlib.error as no:
                raise Temporary(self._url, f"damaged {self._coding} stream") from no
            self._weigh()
            piece = unpack.unconsumed_tail
            if unpack.eof:
                piece = unpack.unused_data
                if len(piece) < len(GZIP):
                    return  # the next piece tells, and zlib keeps this one until then
                if not piece.startswith(GZIP):
                    self._padding = True
                    return
                self._members += 1
                if self._members > MEMBERS:
                    raise self._too_large()
                self._unpack = unpack = zlib.decompressobj(wbits=31)

    def _weigh(self) -> None:
        size = len(self.unpacked)
        if size > self._largest:
            raise self._too_large()
        if size > STEP and size > self._ratio * self._packed:
            raise Soft(self._url, f"unpacks to over {self._ratio} times its size")

    def _too_large(self) -> Soft:
        return Soft(self._url, f"over the limit of {self._largest:,} bytes")
