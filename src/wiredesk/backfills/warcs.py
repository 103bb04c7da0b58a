"""WARC files, plain or gzip, as crawlers leave them: the pages that servers sent, by stretches.

    file     = { record } ;            (* gzip: a member a record, as CC-NEWS and wget write them *)
    response = HTTP head , CRLF CRLF , body ;

Only answers with a body of text count (`response`, status 200).  A body may still be in the pieces
and the packing it was sent in.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from wiredesk.backfills.manifest import Input, Partition, Window
from wiredesk.backfills.unpacking import GZIP, fingerprint
from wiredesk.batch import Reject
from wiredesk.errors import Rejected, UserError
from wiredesk.fetch.warc import Record, WarcFile
from wiredesk.model import Capture, Source

MAGIC = b"WARC/1."
PAGES = 250  #: of a partition; a page takes four times as long as copy
STRETCH = 16 << 20  # bytes of a partition, as it lies in the file
LARGEST = 64 << 20  # bytes of a page, unpacked
HEAD = 64 << 10  # bytes of a record's or an answer's head
END = b"\r\n\r\n"
UNDATED = datetime(9999, 1, 1, tzinfo=UTC)
TEXT = ("text/", "application/xhtml", "application/xml", "application/json", "application/rss")
TEXT_TAILS = ("+xml", "+json")


def plan(path: str, window: Window) -> tuple[list[Partition], Input]:
    """The stretches of a file that may have pages of the window: none was sent before it began."""
    found: list[Partition] = []
    pages = start = end = 0
    harmed = False  # a reader of this stretch comes upon the damage again, and says so
    for record in records(path, 0, None):
        begun = pages or harmed
        if isinstance(record, Rejected):
            start, harmed = start if begun else end, True
            last = record
            continue
        if _sent(record) >= window.start and _answer(record):
            start = start if begun else record.offset
            pages += 1
        end = record.end
        if pages and (pages >= PAGES or end - start >= STRETCH):
            found.append(Partition("records", (path,), start, 0, end - start, pages))
            pages, harmed = 0, False
    size, digest = fingerprint(path)
    if harmed and not end:
        raise UserError(f"{path} has no WARC record that can be read: {last.detail}, {last.where}")
    if pages or harmed:
        found.append(Partition("records", (path,), start, 0, size - start, pages))
    return found, Input(path, size, digest)


def arrivals(partition: Partition, source: Source, window: Window) -> Iterator[Capture | Reject]:
    """The pages of a stretch, each as it was sent then."""
    (path,) = partition.places
    end = partition.opens_at + partition.bytes
    for record in records(path, partition.opens_at, end):
        if isinstance(record, Rejected):
            yield Reject("fetch", path, record.code, record.detail, record.where)
        elif _sent(record) >= window.start and (head := _answer(record)):
            try:
                yield _capture(record, head, source)
            except Rejected as no:
                where = record.fields.get("warc-target-uri", path)
                yield Reject("fetch", where, no.code, no.detail, f"byte {record.offset}")


def records(path: str, start: int, end: int | None) -> Iterator[Record | Rejected]:
    """The records that start in a stretch, and a `Rejected` for what is none."""
    with Path(path).open("rb") as file:
        packed = file.read(len(GZIP)) == GZIP
    if not packed:
        yield from _plain(path, start, end)
        return
    with WarcFile(Path(path)) as warc:
        for found in warc.records(start):
            if not isinstance(found, Rejected) and end is not None and found.offset >= end:
                return
            yield found
            if not isinstance(found, Rejected) and found.end == end:
                return


def _plain(path: str, start: int, end: int | None) -> Iterator[Record | Rejected]:
    size = Path(path).stat().st_size
    end = size if end is None else min(end, size)
    with Path(path).open("rb") as file:
        while start < end:
            file.seek(start)
            head = file.read(HEAD)
            stop = head.find(END)
            fields = _fields(head[:stop]) if head.startswith(MAGIC) and stop > 0 else {}
            length = fields.get("content-length", "")
            if not length.isascii() or not length.isdigit():
                yield Rejected("damaged", "no WARC record", f"byte {start}")
                return
            body = start + stop + len(END)
            after = body + int(length)
            if after > size:
                yield Rejected("truncated", "the file ends within a record", f"byte {start}")
                return
            block = os.pread(file.fileno(), int(length), body)
            yield Record(start, min(after + len(END), size), fields, memoryview(block))
            start = after + len(END)


def _fields(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in lines}


def _sent(record: Record) -> datetime:
    try:
        found = datetime.fromisoformat(record.fields["warc-date"])
    except (KeyError, ValueError):
        return UNDATED  # reading it says what is wrong with it
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _answer(record: Record) -> list[tuple[str, str]] | None:
    """The headers of an answer that brought text; None of all else."""
    if record.fields.get("warc-type") != "response":
        return None
    head = bytes(record.block[:HEAD]).partition(END)[0].decode("utf-8", "replace").split("\r\n")
    status = head[0].split(" ", 2)
    if len(status) < 2 or not status[0].startswith("HTTP/") or status[1] != "200":
        return None
    pairs = (line.partition(":")[::2] for line in head[1:])
    headers = [(name.strip(), value.strip()) for name, value in pairs if name]
    kind = _header(headers, "content-type").partition(";")[0].strip().lower()
    return headers if not kind or kind.startswith(TEXT) or kind.endswith(TEXT_TAILS) else None


def _header(headers: list[tuple[str, str]], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _capture(record: Record, headers: list[tuple[str, str]], source: Source) -> Capture:
    sent, url = _sent(record), record.fields.get("warc-target-uri", "").strip("<>")
    if sent == UNDATED or not url:
        raise Rejected("damaged", "a record without its address or date")
    body = _unsent(bytes(record.block).partition(END)[2], dict(_lower(headers)))
    kind, _, rest = _header(headers, "content-type").partition(";")
    charset = rest.lower().partition("charset=")[2].strip(" \"'") or None
    return Capture(
        *(source.id, url, body, sent, sha256(body).hexdigest()),
        media_type=kind.strip().lower() or None,
        charset=charset,
        status=200,
        headers=tuple(headers),
    )


def _lower(headers: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name.lower(), value.lower()) for name, value in headers)


def _unsent(body: bytes, headers: Mapping[str, str]) -> bytes:
    """A body out of the pieces and the packing it was sent in, where it is still in them."""
    if "chunked" in headers.get("transfer-encoding", ""):
        body = _unchunked(body)
    coding = headers.get("content-encoding", "")
    if "gzip" in coding and body.startswith(GZIP):
        bits = 31
    elif "deflate" in coding:
        bits = 15 if body[:1] == b"\x78" else -15
    elif coding in {"", "identity", "gzip", "x-gzip"}:
        return body
    else:
        raise Rejected("damaged", f"a page in the coding {coding[:40]!r}, which cannot be read")
    unpack = zlib.decompressobj(bits)
    try:
        found = unpack.decompress(body, LARGEST)
    except zlib.error as no:
        raise Rejected("bad_gzip", "a page whose packing is damaged") from no
    if unpack.unconsumed_tail:
        raise Rejected("too_large", f"a page of more than {LARGEST >> 20} MB")
    return found


def _unchunked(body: bytes) -> bytes:
    """A chunked body put together; as it is where a crawler had done so already."""
    out, at = bytearray(), 0
    while (end := body.find(b"\r\n", at, at + 64)) > 0:
        try:
            size = int(body[at:end].partition(b";")[0], 16)
        except ValueError:
            return body
        if not size:
            return bytes(out)
        out += body[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
    return bytes(out) if out else body
