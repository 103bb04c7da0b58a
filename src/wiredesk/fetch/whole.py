"""One payload of a stream, or blocks of lines where it is JSON Lines too long to be one.

A block is of whole lines as they stand, so that each is read by itself, now and from the archive.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count

from wiredesk.batch import Reject
from wiredesk.errors import Rejected
from wiredesk.fetch.packed import Budget
from wiredesk.formats import SNIFFED, jsonl
from wiredesk.model import Capture

Arrived = Capture | Reject
Columns = tuple[tuple[str, str], ...]

WHOLE = 32 << 20  # bytes of a payload; JSON Lines that are longer come in blocks
PAYLOAD = 1 << 30  # bytes of a payload of any other kind: a year of a large agency in one file


@dataclass(frozen=True, slots=True)
class Opening:
    """One file that is being opened."""

    source: str
    at: datetime
    columns: Columns
    budget: Budget


def payload(
    file: io.BufferedReader, head: bytes, locator: str, opening: Opening
) -> Iterator[Arrived]:
    """One payload, or blocks of lines where it is long."""
    lines = jsonl.sniff(head[:SNIFFED]) or _declared(head, opening)
    body, fault = _read(file, WHOLE + 1)
    if lines and (fault or len(body) > WHOLE):
        yield from _line_blocks(file, body, fault, locator, opening)
        return
    if fault:
        raise fault
    if len(body) > WHOLE:
        more, fault = _read(file, PAYLOAD + 1 - len(body))
        body += more
        if fault:
            raise fault
        if len(body) > PAYLOAD:
            raise Rejected("too_large", "one payload of over 1 GB")
    yield _capture(body, locator, opening)


def _declared(head: bytes, opening: Opening) -> bool:
    return bool(opening.columns) and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _read(file: io.BufferedReader, size: int) -> tuple[bytearray, Rejected | None]:
    """The next bytes, and what ended them before their end."""
    body = bytearray()
    try:
        while len(body) < size and (piece := file.read1(min(1 << 20, size - len(body)))):
            body += piece
    except Rejected as no:
        return body, no
    return body, None


def _line_blocks(
    file: io.BufferedReader,
    body: bytearray,
    fault: Rejected | None,
    locator: str,
    opening: Opening,
) -> Iterator[Arrived]:
    """Whole lines in blocks as they stand; half a line before a fault is none."""
    first = 0
    for n in count():
        more = bytearray()
        if not fault and n:
            more, fault = _read(file, WHOLE)
        body += more
        last = fault is not None or (n > 0 and not more)
        end = len(body) if last and not fault else body.rfind(b"\n") + 1
        if end:
            block = bytes(body[:end])
            del body[:end]
            lines = block.count(b"\n") + (not block.endswith(b"\n"))
            yield _capture(block, f"{locator}#{first}+{lines}", opening, jsonl.MEDIA_TYPE)
            first += lines
        elif len(body) > 2 * WHOLE:
            fault = fault or Rejected("too_large", "a line of over 64 MB", f"line {first + 1}")
        if fault:
            raise fault
        if last:
            return


def _capture(
    body: bytes | bytearray, locator: str, opening: Opening, media_type: str | None = None
) -> Capture:
    body = bytes(body)
    digest = sha256(body).hexdigest()
    return Capture(opening.source, locator, body, opening.at, digest, media_type=media_type)
