"""Captures as WARC records, and back.

What came over HTTP is a `response`: status line, headers and body.  Any other capture is a
`resource`.  A payload that the archive has already is a `revisit`, which names where it lies.

Bodies are kept decoded, so the headers that spoke of their coding would mislead a reader: they are
masked with `X-Crawler-`, as CC-NEWS does since readers tripped over its early files, and
Content-Length is the true one.  What WARC has no field for stands in `WARC-Wiredesk-…`:

    value = plain | json string ;    (* JSON where plain ASCII would not come back as it was *)
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from http.client import responses
from urllib.parse import quote

from wiredesk import __version__
from wiredesk.errors import Rejected
from wiredesk.fetch.warc import Fields, Record, digest
from wiredesk.model import Capture, Redirect, Source

Written = tuple[Fields, Sequence[bytes]]  # the fields and block of a record to write

HTTP = "application/http; msgtype=response"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
PAYLOADS = frozenset(("response", "resource"))  # types of records with a payload of their own
CAPTURES = PAYLOADS | {"revisit"}
OURS = "WARC-Wiredesk-"
#: what a source says of how its payloads are read; without it an archive could not be read again
READ_BY = ("kind", "url", "format", "agency", "language", "tz", "follow", "columns")
SECRET = frozenset(("authorization", "cookie", "proxy-authorization", "set-cookie", "set-cookie2"))

_PLAIN = re.compile(r"[!#-~](?:[ -~]*[!-~])?")  # no quote first: that is JSON
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_MEDIA = re.compile(rf"{_TOKEN.pattern}/{_TOKEN.pattern}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_MASK = "X-Crawler-"
#: masked again where the sender itself used the mask, so that unmasking gives back what it sent
_MASKED = re.compile(
    rf"(?:{_MASK})*(?:content-encoding|content-length|transfer-encoding)", re.IGNORECASE
)
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def warcinfo(filename: str, at: datetime) -> Written:
    """The record that starts a file."""
    block = f"software: wiredesk/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    return {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": _new_id(),
        "WARC-Date": _date(at),
        "WARC-Filename": filename,
        "WARC-Block-Digest": digest(hashlib.sha256(block).hexdigest()),
        "Content-Type": "application/warc-fields",
        "Content-Length": str(len(block)),
    }, (block,)


def whole(capture: Capture, source: Source | None = None) -> Written:
    """A capture with its payload: a `response`, or a `resource` if it has no HTTP status.

    `source` is where it came from; the record then says how the payload is to be read.
    """
    if capture.status is None:
        media = capture.media_type or ""
        # fastwarc takes any block said to be HTTP apart, a resource's too
        fit = _MEDIA.fullmatch(media) and media.lower() != "application/http"
        kind = media if fit else "application/octet-stream"
        fields = {"Content-Type": kind, **_reading(source)}
        return _record("resource", capture, fields, (capture.body,))
    fields = {"Content-Type": HTTP, **_reading(source)}
    return _record("response", capture, fields, (_http(capture), capture.body))


def revisit(
    capture: Capture,
    original: Fields,
    filename: str,
    offset: int,
    source: Source | None = None,
) -> Written:
    """A capture whose payload is that of an earlier record: its fields, and where it lies."""
    refers = {
        "WARC-Profile": SAME_PAYLOAD,
        "WARC-Refers-To": original["warc-record-id"],
        "WARC-Refers-To-Target-URI": original["warc-target-uri"],
        "WARC-Refers-To-Date": original["warc-date"],
        f"{OURS}Refers-To": f"{filename} {offset}",
        **_reading(source),
    }
    if capture.status is None:
        return _record("revisit", capture, refers, ())
    return _record("revisit", capture, {**refers, "Content-Type": HTTP}, (_http(capture),))


def refers_to(record: Record) -> tuple[str, int] | None:
    """File and offset of the payload of a revisit; None for a record that has its own."""
    if record.fields.get("warc-type") != "revisit":
        return None
    filename, _, offset = record.fields.get(f"{OURS}Refers-To".lower(), "").rpartition(" ")
    if not filename or not offset.isdigit():
        raise _damaged(record, "a revisit that does not say of what")
    return filename, int(offset)


def payload(record: Record) -> bytes:
    """The payload of a response or resource.  Raises Rejected (damaged) where its digest fails."""
    if record.fields.get("warc-type") not in PAYLOADS:
        raise _damaged(record, "a record without a payload of its own")
    body = bytes(record.block[_http_end(record) :])
    sha256 = hashlib.sha256(body).hexdigest()
    if record.fields.get("warc-payload-digest") != digest(sha256):
        raise _damaged(record, "a payload that is not what its digest says")
    return body


def captured(record: Record, body: bytes) -> Capture:
    """The capture that a record was written from; `body` is the payload it has or refers to."""
    fields = record.fields

    def ours(name: str) -> str | None:
        value = fields.get(f"{OURS}{name}".lower())
        return None if value is None else _unspelled(value)

    try:
        head = bytes(record.block[: _http_end(record)]).decode("utf-8", "replace").split("\r\n")
        return Capture(
            source=ours("Source") or "",
            locator=ours("Locator") or "",
            body=body,
            fetched_at=datetime.fromisoformat(fields["warc-date"]),
            sha256=hashlib.sha256(body).hexdigest(),
            media_type=ours("Media-Type"),
            charset=ours("Charset"),
            status=int(head[0].split(" ")[1]) if head[0] else None,
            etag=ours("ETag"),
            last_modified=ours("Last-Modified"),
            headers=_headers(head[1:]),
            redirects=tuple(
                Redirect(url, target, permanent)
                for url, target, permanent in json.loads(fields.get(_REDIRECTS.lower(), "[]"))
            ),
        )
    except (KeyError, IndexError, ValueError) as no:
        raise _damaged(record, "a record with a field that cannot be read") from no


def source_of(record: Record) -> Source | None:
    """The source that a record came from, as far as its payload is read by it; None in a record
    that does not say, as those of older archives.
    """
    said = record.fields.get(_READING.lower())
    if said is None:
        return None
    try:
        told = {name: value for name, value in json.loads(said).items() if name in READ_BY}
        columns = tuple((str(field), str(column)) for field, column in told.pop("columns", ()))
        read_by = {name: str(value) for name, value in told.items()}
        name = _unspelled(record.fields.get(f"{OURS}Source".lower(), ""))
        return Source(id=name, **{"kind": "file", "url": "", **read_by, "columns": columns})  # type: ignore[arg-type]
    except (AttributeError, ValueError) as no:
        raise _damaged(record, "a record with a field that cannot be read") from no


_REDIRECTS = f"{OURS}Redirects"
_READING = f"{OURS}Reading"


def _reading(source: Source | None) -> Fields:
    """What of a source is other than for a file that a command line names."""
    if source is None:
        return {}
    usual = Source(id=source.id, kind="file", url="")
    said = {name: getattr(source, name) for name in READ_BY}
    told = {name: value for name, value in said.items() if value != getattr(usual, name)}
    return {_READING: json.dumps(told)}


def _record(kind: str, capture: Capture, more: Fields, block: Sequence[bytes]) -> Written:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": _new_id(),
        "WARC-Date": _date(capture.fetched_at),
        "WARC-Target-URI": _uri(capture.locator),
        "WARC-Payload-Digest": digest(capture.sha256),
        "WARC-Block-Digest": digest(_block_sha256(capture, block)),
        "Content-Length": str(sum(map(len, block))),
        **more,
    }
    ours = {
        "Source": capture.source,
        "Locator": capture.locator,
        "Media-Type": capture.media_type,
        "Charset": capture.charset,
        "ETag": capture.etag,
        "Last-Modified": capture.last_modified,
    }
    fields |= {f"{OURS}{name}": _spelled(v) for name, v in ours.items() if v is not None}
    if capture.redirects:
        hops = [(hop.url, hop.target, hop.permanent) for hop in capture.redirects]
        fields[_REDIRECTS] = json.dumps(hops)
    return fields, block


def _block_sha256(capture: Capture, block: Sequence[bytes]) -> str:
    if len(block) == 1 and block[0] is capture.body:  # a resource is not hashed again
        return capture.sha256
    hashed = hashlib.sha256()
    for part in block:
        hashed.update(part)
    return hashed.hexdigest()


def _http(capture: Capture) -> bytes:
    """Status line and headers.  A header that HTTP could not carry cannot break out of its line."""
    lines = [f"HTTP/1.1 {capture.status} {responses.get(capture.status or 0, 'Unknown')}"]
    for name, value in capture.headers:
        if _TOKEN.fullmatch(name) and name.lower() not in SECRET:
            shown = f"{_MASK}{name}" if _MASKED.fullmatch(name) else name
            lines.append(f"{shown}: {_CONTROL.sub(' ', value)}")
    lines.append(f"Content-Length: {len(capture.body)}\r\n\r\n")
    return "\r\n".join(lines).encode("utf-8", "replace")


def _http_end(record: Record) -> int:
    """Where the HTTP head of a block ends; 0 where there is none."""
    if record.fields.get("content-type") != HTTP:
        return 0
    size = 4 << 10
    while (end := bytes(record.block[:size]).find(b"\r\n\r\n")) < 0:
        if size > len(record.block):
            raise _damaged(record, "an HTTP answer without the end of its headers")
        size *= 4
    return end + 4


def _headers(lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = (line.partition(":")[::2] for line in lines if line)
    return tuple(
        (name[len(_MASK) :] if _MASKED.fullmatch(name) else name, value.strip(" \t"))
        for name, value in pairs
        if name != "Content-Length"
    )


def _uri(locator: str) -> str:
    """A URI of a locator: an address stays one; a path or `-` becomes `file:` and the path."""
    if _HAS_SCHEME.match(locator):
        return quote(locator, safe="!#$%&'()*+,/:;=?@[]~", errors="surrogatepass")
    return f"file:{quote(locator, errors='surrogatepass')}"


def _spelled(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value)


def _unspelled(value: str) -> str:
    return str(json.loads(value)) if value.startswith('"') else value


def _date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def _new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _damaged(record: Record, detail: str) -> Rejected:
    return Rejected("damaged", detail, f"byte {record.offset}")
