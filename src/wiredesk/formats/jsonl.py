"""JSON Lines: an object a line, with `text` or `html` and optional
`id title byline date updated url source language agency slug version status`.

Where a line has none of these names, its columns mean what its source declares, or what columns of
such names usually hold (columns.py): so a line of a public corpus reads as it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import orjson

from wiredesk.errors import Rejected
from wiredesk.formats import page
from wiredesk.formats.columns import by_field, holds_copy
from wiredesk.formats.times import instant
from wiredesk.model import Capture, Issue, Item, Json, Source

NAME = re.compile(rb'[{,]\s*"([^"\\]{1,40})"\s*:\s*"')
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
MEDIA_TYPE = "application/jsonl"  #: of what we made of the rows of a table
STATUSES = {"usable", "withheld", "canceled"}


def sniff(head: bytes) -> bool:
    line = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    if b'"items"' in line[:4000]:
        return False
    if any(key in line for key in (b'"text"', b'"html"')):
        return True
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:  # a line longer than the head
        return holds_copy([name.decode("utf-8", "replace") for name in NAME.findall(line)])
    return isinstance(row, dict) and holds_copy(row)


def split(body: bytes, lines: int) -> Iterator[tuple[int, bytes]]:
    """Cut at line ends into parts of `lines` lines: (number of its first line from 0, part)."""
    first, at = 0, 0
    while at < len(body):
        end = at
        for _ in range(lines):
            end = body.find(b"\n", end) + 1
            if not end:
                end = len(body)
                break
        part = body[at:end]
        yield first, part
        first += part.count(b"\n")
        at = end


def parse(capture: Capture, source: Source, first: int = 0) -> Iterator[Item | Rejected]:
    for n, line in enumerate(capture.body.split(b"\n"), first):
        if n == 0:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        where = f"line {n + 1}"
        try:
            yield _item(_row(line), source, n)
        except Rejected as no:
            yield no.at(where)


def _row(line: bytes) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as no:
        reason = str(no)
    try:  # the standard library reads what orjson refuses: lone surrogates, stray bytes, NaN
        return json.loads(line.decode("utf-8", "replace"))
    except ValueError:
        raise Rejected("json_invalid", reason) from None


def _item(row: object, source: Source, n: int) -> Item:
    if not isinstance(row, dict):
        raise Rejected("json_not_object", f"a line holds an object, not {type(row).__name__}")
    row, columns = by_field(row, source.columns)
    body = _text(row, "text")
    markup = "text"
    if not (body and body.strip()) and (found := _text(row, "html")):
        if page.sniff(found[:4000].encode(errors="replace")):
            return _of_page(found, row, source, n)
        body, markup = found, "html"
    title = _text(row, "title")
    if not (body and body.strip()) and not (title and title.strip()) and not row.get("byline"):
        raise Rejected("empty", "neither text nor html nor title")
    date = row.get("date")
    published = instant(date, source.tz)
    issues = (Issue("bad_date", str(date)[:80]),) if date and published is None else ()
    status = _text(row, "status") or "usable"
    return Item(
        source=_text(row, "source") or source.id,
        format="jsonl",
        ordinal=n,
        id=_id(row),
        body=body or "",
        markup="html" if markup == "html" else "text",
        title=title,
        byline=_text(row, "byline"),
        url=_text(row, "url"),
        agency=source.agency or _text(row, "agency"),
        language=_text(row, "language") or source.language,
        slug=_text(row, "slug"),
        version=_text(row, "version"),
        published=published,
        updated=instant(row.get("updated"), source.tz),
        embargo_until=instant(row.get("embargo"), source.tz),
        pub_status=status if status in STATUSES else "usable",
        provenance=_provenance(markup, columns, published=published is not None),
        issues=issues,
    )


def _of_page(html: str, row: Json, source: Source, n: int) -> Item:
    """An object whose `html` is a whole page: what the object says wins over the page."""
    item = page.read_page(html, _text(row, "url") or source.url, source)
    said: dict[str, object] = {
        "id": _id(row),
        "title": _text(row, "title"),
        "byline": _text(row, "byline"),
        "url": _text(row, "url"),
        "published": instant(row.get("date"), source.tz),
        "updated": instant(row.get("updated"), source.tz),
        "source": _text(row, "source"),
        "agency": source.agency or _text(row, "agency"),
        "language": _text(row, "language"),
        "slug": _text(row, "slug"),
        "version": _text(row, "version"),
    }
    given = {key: value for key, value in said.items() if value is not None}
    if "byline" in given:
        given["authors"] = ()
    keys = {"title": "headline", "byline": "byline", "published": "published"}
    named = {name: f"jsonl {key}" for key, name in keys.items() if key in given}
    provenance = tuple({**dict(item.provenance), **named}.items())
    return replace(item, ordinal=n, format="jsonl", provenance=provenance, **given)  # type: ignore[arg-type]


def _provenance(
    markup: str, columns: dict[str, str], *, published: bool
) -> tuple[tuple[str, str], ...]:
    """The columns of what is read, by field of the story."""
    body = ("body", columns.get(markup, markup))
    return (body, ("published", columns["date"])) if published else (body,)


def _id(row: Json) -> str | None:
    value = row.get("id")
    return None if value is None or value == "" else str(value)


def _text(row: Json, key: str) -> str | None:
    """A string field; a lone surrogate (`\\ud800` in the JSON) becomes U+FFFD, one for one."""
    value = row.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, dict | list):
        raise Rejected("field_wrong_type", f"{key} holds {type(value).__name__}, not text")
    return LONE_SURROGATE.sub("\ufffd", str(value))
