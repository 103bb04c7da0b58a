"""WARC files, plain or gzip, as crawlers leave them: the pages that servers sent.

    file     = { record } ;            (* gzip: a member a record, as CC-NEWS and wget write them *)
    response = HTTP head , CRLF CRLF , body ;

Only answers with a body of text count (`response`, status 200).  A body may still be in the pieces
and the packing it was sent in.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from wiredesk.batch import Reject
from wiredesk.errors import Rejected
from wiredesk.fetch.packed import Budget
from wiredesk.fetch.warc import Record, WarcFile
from wiredesk.model import Capture

MAGIC = b"WARC/1."
GZIP = b"\x1f\x8b"
LARGEST = 64 << 20  # bytes of a page, unpacked
RECORD = 256 << 20  # bytes of a record; crawlers keep films too
HEAD = 64 << 10  # bytes of a record's or an answer's head
END = b"\r\n\r\n"
UNDATED = datetime(9999, 1, 1, tzinfo=UTC)
TEXT = ("text/", "application/xhtml", "application/xml", "application/json", "application/rss")
TEXT_TAILS = ("+xml", "+json")


def pages(path: str, locator: str, source: str, budget: Budget) -> Iterator[Capture | Reject]:
    """The pages of a file, and one note of all else that is in it: requests, films, redirects."""
    passed: Counter[str] = Counter()
    for record in records(path, 0, None):
        if isinstance(record, Rejected):
            yield Reject("fetch", locator, record.code, record.detail, record.where)
            continue
        head = answer(record)
        if head is None:
            passed[record.fields.get("warc-type", "unnamed")] += 1
            continue
        try:
            found = page(record, head, source)
            budget.take(len(found.body))
        except Rejected as no:
            where = f"{record.fields.get('warc-target-uri', '?')}, byte {record.offset}"
            yield Reject("fetch", locator, no.code, no.detail, where)
            if no.code == "archive_bomb":
                return
        else:
            yield found
    passed.pop("warcinfo", None)
    if passed:
        said = ", ".join(f"{n:,} {kind}" for kind, n in sorted(passed.items()))
        detail = f"records that are no page of text sent with status 200: {said}"
        yield Reject("fetch", locator, "listing", detail, dropped=True)


def a_member_a_record(path: Path) -> bool:
    """Whether a gzip file is a WARC that can be read member by member."""
    with WarcFile(path, RECORD) as warc:
        try:
            warc.fields_at(0)
        except Rejected:
            return False
        # a file in one member has no other; one whose first record is damaged has
        return any(isinstance(found, Record) for found in islice(warc.records(), 2))


def records(path: str, start: int, end: int | None) -> Iterator[Record | Rejected]:
    """The records that start in a stretch, and a `Rejected` for what is none."""
    with Path(path).open("rb") as file:
        packed = file.read(len(GZIP)) == GZIP
    if not packed:
        yield from _plain(path, start, end)
        return
    with WarcFile(Path(path), RECORD) as warc:
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
            if int(length) > RECORD:
                yield Rejected("too_large", "a record of over 256 MB", f"byte {start}")
            else:
                block = os.pread(file.fileno(), int(length), body)
                yield Record(start, min(after + len(END), size), fields, memoryview(block))
            start = after + len(END)


def _fields(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in lines}


def sent(record: Record) -> datetime:
    """When a record came; UNDATED where it does not say."""
    try:
        found = datetime.fromisoformat(record.fields["warc-date"])
    except (KeyError, ValueError):
        return UNDATED  # reading it says what is wrong with it
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def answer(record: Record) -> list[tuple[str, str]] | None:
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


def page(record: Record, headers: list[tuple[str, str]], source: str) -> Capture:
    """The page that an answer brought.  Raises Rejected: damaged, bad_gzip, too_large."""
    at, url = sent(record), record.fields.get("warc-target-uri", "").strip("<>")
    if at == UNDATED or not url:
        raise Rejected("damaged", "a record without its address or date")
    raw = bytes(record.block).partition(END)[2]
    body = _unsent(raw, dict(_lower(headers)))
    if not _as_its_digest(record, raw, body):
        raise Rejected("damaged", "a payload that is not what its digest says")
    kind, _, rest = _header(headers, "content-type").partition(";")
    charset = rest.lower().partition("charset=")[2].strip(" \"'") or None
    return Capture(
        *(source, url, body, at, sha256(body).hexdigest()),
        media_type=kind.strip().lower() or None,
        charset=charset,
        status=200,
        headers=tuple(headers),
    )


def _as_its_digest(record: Record, raw: bytes, body: bytes) -> bool:
    """Whether a record is what its digest says; one without a digest that we know of is.

    Crawlers do not agree what of an answer in pieces or packed the payload's digest is of.
    """
    for name, some in (
        ("warc-block-digest", [record.block]),
        ("warc-payload-digest", [raw, _unchunked(raw), body]),
    ):
        kind, _, said = record.fields.get(name, "").partition(":")
        kind = kind.lower().replace("-", "")
        if kind in {"sha1", "sha256", "md5"}:
            return any(_spells(hashlib.new(kind, each).digest(), said) for each in some)
    return True


def _spells(digest: bytes, said: str) -> bool:
    in_32 = base64.b32encode(digest).decode().rstrip("=")
    return said.lower() == digest.hex() or said.upper().rstrip("=") == in_32


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
