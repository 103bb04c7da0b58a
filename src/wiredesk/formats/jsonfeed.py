"""JSON Feed 1.0 and 1.1.

Nothing sent is trusted: a field of the wrong type is as good as absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import orjson

from wiredesk.errors import Rejected
from wiredesk.formats.feed_dates import date_found
from wiredesk.formats.links import joined
from wiredesk.model import Capture, DateFound, Item, Json, Source, Subject

VERSION = b"jsonfeed.org/version"
#: the keys that hold copy, the fullest first, and its markup
COPY = (("content_html", "html"), ("content_text", "text"), ("summary", "text"))


def sniff(head: bytes) -> bool:
    return head.startswith(b"{") and VERSION in head.replace(b"\\/", b"/")


def parse(text: str, capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """Every entry of a JSON Feed.  Raises Rejected for what is no JSON or no feed."""
    try:
        feed = orjson.loads(text)
    except orjson.JSONDecodeError as no:
        raise Rejected("json_invalid", str(no)) from no
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise Rejected("not_a_feed", f"{capture.locator} sent JSON without a list of items")
    for n, entry in enumerate(feed["items"]):
        if not isinstance(entry, dict):
            yield Rejected("json_not_object", "an entry that is no object", f"entry {n + 1}")
            continue
        item = _item(entry, feed, capture, source, n)
        if item.body.strip() or item.title or item.url:
            yield item
        else:
            yield Rejected("empty", "an entry with neither title, text nor link", f"entry {n + 1}")


def _item(entry: Json, feed: Json, capture: Capture, source: Source, n: int) -> Item:
    key, markup = next(
        ((key, markup) for key, markup in COPY if (_words(entry, key) or "").strip()),
        ("summary", "text"),
    )
    link = _words(entry, "url") or _words(entry, "external_url")
    names = _names(entry) or _names(feed)
    dates = tuple(_dates(entry, source.tz))
    return Item(
        source=source.id,
        format="feed",
        ordinal=n,
        id=_id(entry.get("id")),
        body=_words(entry, key) or "",
        markup="html" if markup == "html" else "text",
        title=_words(entry, "title"),
        byline=" and ".join(names) or None,
        url=joined(capture.locator, link),
        agency=source.agency,
        language=_words(entry, "language") or _words(feed, "language") or source.language,
        published=_first(dates, "published"),
        updated=_first(dates, "updated"),
        subjects=tuple(Subject("tag", tag) for tag in _list(entry, "tags") if isinstance(tag, str)),
        dates=dates,
        provenance=(
            ("id", "id"),
            ("headline", "title"),
            ("body", "summary" if key == "summary" else "content"),
        ),
    )


def _id(given: object) -> str | None:
    # JSON Feed 1.1: an id may be a number, and a reader makes it a string
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    return str(given) or None


def _names(holder: Json) -> tuple[str, ...]:
    """The people of an entry or a feed: `authors` of 1.1, else the one `author` of 1.0."""
    people = _list(holder, "authors") or [holder.get("author")]
    names = [_words(person, "name") for person in people if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _dates(entry: Json, tz: str) -> Iterator[DateFound]:
    for key, field in (("date_published", "published"), ("date_modified", "updated")):
        raw = _words(entry, key)
        if raw:
            yield date_found(field, key, raw, tz)


def _first(dates: tuple[DateFound, ...], field: str) -> datetime | None:
    return next((date.at for date in dates if date.field == field and date.at), None)


def _words(holder: Json, key: str) -> str | None:
    value = holder.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _list(holder: Json, key: str) -> list[object]:
    value = holder.get(key)
    return value if isinstance(value, list) else []
