"""Feeds: RSS 2.0, RSS 1.0 (RDF) and Atom through feedparser; JSON Feed by hand.

feedparser's own sanitising and link resolving are off: cleaning is clean.py's business, and the
sanitiser swallows `<ACM.N>`-style instrument codes as unknown tags.
"""

from __future__ import annotations

import calendar
import io
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import orjson

from wiredesk.errors import Rejected
from wiredesk.formats.times import instant
from wiredesk.model import Capture, Item, Json, Source, Subject

ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
ROOTS = (b"<rss", b"<feed", b"<rdf:RDF", b":RDF", b"<channel")


def sniff(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:4000]
    if start.startswith(b"{"):
        return b"jsonfeed.org/version" in start
    return start.startswith(b"<") and any(root in start for root in ROOTS)


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """Every entry of a feed.  HTML in a feed's place is an error and not an empty feed."""
    start = capture.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Rejected("empty", "the feed has no content")
    if start.startswith(b"{"):
        yield from _json_feed(capture, source)
        return
    if not sniff(start[:4000]):
        kind = "html_not_feed" if b"<html" in start[:4000].lower() else "not_a_feed"
        raise Rejected(kind, f"{capture.locator} sent no feed: {start[:60]!r}")
    yield from _xml_feed(capture, source)


def _xml_feed(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    import feedparser  # noqa: PLC0415 - 60 ms that only feeds should pay

    headers = {"content-type": capture.media_type} if capture.media_type else {}
    feed = feedparser.parse(
        io.BytesIO(capture.body),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    language = feed.feed.get("language") or source.language
    home = feed.feed.get("link") or capture.locator
    entries = feed.entries
    cut = bool(feed.bozo) and _cut_short(capture.body)
    if cut and len(ENTRY_END.findall(capture.body)) < len(entries):
        entries = entries[:-1]  # half an entry is no story
    for n, entry in enumerate(entries):
        try:
            yield _entry(entry, source, language, home, n)
        except Rejected as no:
            yield Rejected(no.code, no.detail, f"entry {n + 1}")
    if cut:
        yield Rejected(
            "truncated",
            f"{len(entries)} entries before the cut: {feed.get('bozo_exception')}",
            f"entry {len(entries) + 1}",
        )


def _cut_short(body: bytes) -> bool:
    """A feed that is only badly formed still ends in its root's end tag."""
    tail = body.rstrip()[-40:].lower()
    return not any(end in tail for end in (b"</rss>", b"</feed>", b":rdf>", b"</channel>"))


def _entry(entry: Any, source: Source, language: str | None, home: str, n: int) -> Item:
    body, kind, origin = _body(entry)
    title = entry.get("title")
    link = urljoin(home, entry["link"]) if entry.get("link") else None
    if not (body or "").strip() and not (title or "").strip():
        raise Rejected("empty", "an entry with neither title nor text")
    # feedparser answers "updated" with "published" when there is none; keys tell the truth.
    updated = entry.get("updated_parsed") if dict.__contains__(entry, "updated_parsed") else None
    return Item(
        source=source.id,
        format="feed",
        ordinal=n,
        id=entry.get("id") or None,
        body=body or "",
        markup="html" if kind == "html" else "text",
        title=title or None,
        byline=_byline(entry),
        url=link or None,
        agency=source.agency,
        language=language,
        published=_stamp(entry.get("published_parsed")),
        updated=_stamp(updated),
        rights=entry.get("rights") or None,
        subjects=tuple(
            Subject(tag.get("scheme"), tag.get("term"), tag.get("label"))
            for tag in entry.get("tags") or ()
            if tag.get("term")
        ),
        provenance=(("id", "guid"), ("headline", "title"), ("body", origin)),
    )


def _body(entry: Any) -> tuple[str | None, str, str]:
    """The fullest text of an entry, whether it is html or text, and the element it stood in."""
    for content in entry.get("content") or ():
        if (content.get("value") or "").strip():
            plain = content.get("type") == "text/plain"
            return content["value"], "text" if plain else "html", "content"
    summary = entry.get("summary")
    plain = (entry.get("summary_detail") or {}).get("type") == "text/plain"
    return summary, "text" if plain and "<" not in (summary or "") else "html", "summary"


def _byline(entry: Any) -> str | None:
    names = [a.get("name") for a in entry.get("authors") or () if a.get("name")]
    return " and ".join(dict.fromkeys(names)) or entry.get("author") or None


def _stamp(parsed: time.struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError):
        return None


def _json_feed(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    try:
        feed: Json = orjson.loads(capture.body)
    except orjson.JSONDecodeError as no:
        raise Rejected("json_invalid", str(no)) from no
    for n, entry in enumerate(feed.get("items") or ()):
        body = entry.get("content_html") or entry.get("content_text") or entry.get("summary")
        if not (body or "").strip() and not (entry.get("title") or "").strip():
            yield Rejected("empty", "an entry with neither title nor text", f"entry {n + 1}")
            continue
        authors = entry.get("authors") or ([entry["author"]] if entry.get("author") else [])
        yield Item(
            source=source.id,
            format="feed",
            ordinal=n,
            # JSON Feed 1.1: an id may be a number, and a reader makes it a string
            id=str(entry["id"]) if entry.get("id") not in (None, "") else None,
            body=body or "",
            markup="html" if entry.get("content_html") else "text",
            title=entry.get("title") or None,
            byline=" and ".join(a["name"] for a in authors if a.get("name")) or None,
            url=entry.get("url") or entry.get("external_url"),
            agency=source.agency,
            language=entry.get("language") or feed.get("language") or source.language,
            published=instant(entry.get("date_published"), source.tz),
            updated=instant(entry.get("date_modified"), source.tz),
            subjects=tuple(Subject("tag", str(tag)) for tag in entry.get("tags") or ()),
            provenance=(("id", "id"), ("headline", "title"), ("body", "content")),
        )
