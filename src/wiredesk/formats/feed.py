"""Feeds: RSS 2.0, RSS 1.0 (RDF) and Atom through feedparser; JSON Feed in jsonfeed.py.

feedparser's own sanitising and link resolving are off: cleaning is clean.py's business, and the
sanitiser swallows `<ACM.N>`-style instrument codes as unknown tags.  What is left costs 0.2 ms an
entry.  It is given text in UTF-8 that is already decoded and free of control characters, because
a stray NUL sends it from expat to its loose reader, ten times slower and less exact.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from wiredesk.errors import Rejected
from wiredesk.formats import jsonfeed
from wiredesk.formats.decoding import decode
from wiredesk.formats.entities import bare, check_entities
from wiredesk.formats.feed_dates import dates_of, of_keys, printed_times
from wiredesk.formats.links import joined
from wiredesk.model import Capture, DateFound, Issue, Item, Source, Subject

SPACE = b"\xef\xbb\xbf \t\r\n\0"
ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
ROOT_END = re.compile(r"</(?:(?:\w+:)?(?:rss|feed|channel)|[\w.-]+:RDF)\s*>", re.IGNORECASE)
ROOT = r"<(?:(?:\w+:)?rss|feed|\w+:feed|[\w.-]+:RDF|channel)(?=[\s>])"
XML_ROOT = re.compile(
    r"\ufeff?(?:\s++|<[?!](?!--|DOCTYPE\s+html)[^\[>]*+(?:\[[^\]]*+\][^>]*+)?>|"
    rf"<!--(?:(?!-->).)*+-->)*+{ROOT}",
    re.IGNORECASE | re.DOTALL,
)
# A feed with something before it: a warning of PHP's, a blank reply, the quotes of a program.
# Its root must say that it is one, so that prose about feeds stays prose.
LATE_ROOT = re.compile(
    r"(?:<\?xml\b[^<>]*+>\s*+)?(?:<!--(?:(?!-->).){0,2000}+-->\s*+)*+"
    r"<(?:rss\b[^<>]*?\bversion\s*=|feed\b[^<>]*?\bxmlns\s*=|[\w.-]{1,40}:RDF\b[^<>]*?\bxmlns)",
    re.IGNORECASE | re.DOTALL,
)
LATEST = 65536  # characters: what stands before is a few warnings or lines of a program
HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)(?=[\s>])", re.IGNORECASE)
OTHER_ROOT = re.compile(r"\ufeff?\s*+(?:<[?!][^>]*+>\s*+)*+<[A-Za-z][\w.:-]*", re.DOTALL)
# What a consent wall calls itself, in its title or heading or in the address it lives at
CONSENT = re.compile(
    r"consent|cookies?\b|privacy|gdpr|dsgvo|before you continue|bevor sie|zustimm|einwillig|"
    r"avant de (?:continuer|poursuivre)|consentement|privacidad|privacybeleid|samtycke|zgod[aęy]",
    re.IGNORECASE,
)
CONSENT_HOST = re.compile(r"https?://[^/]*(?:consent|privacy|cmp)\b|/(?:consent|cookie-?wall)\b")
HEADING = re.compile(r"<(title|h1)\b[^>]*+>(.{0,300}?)</\1", re.IGNORECASE | re.DOTALL)
# feedparser takes a picture's `media:description` for the entry's copy, and the real one for a
# second; so it gets a name that feedparser does not know.  Video feeds have no other copy.
CAPTION = re.compile(r"<(/?)media:description\b[^>]*+(/?)>", re.IGNORECASE)
PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
TTL = re.compile(rb"<ttl>\s*(\d{1,7})\s*</ttl>", re.IGNORECASE)
PERIOD = re.compile(rb"<sy:updatePeriod>\s*([A-Za-z]+)\s*<", re.IGNORECASE)
FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*(\d{1,4})\s*<", re.IGNORECASE)
FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
HINTED = 16384  # bytes: the channel's own elements stand before its first item, or soon after


def sniff(head: bytes) -> bool:
    start = head.lstrip(SPACE)
    if start.startswith(b"{"):
        return jsonfeed.sniff(start)
    # UTF-16 shows as ASCII with NULs between
    text = head.replace(b"\0", b"").decode("latin-1").removeprefix("ï»¿").lstrip("ÿþ")
    return _feed_start(text) is not None


def _feed_start(text: str) -> int | None:
    """Where a feed begins in `text`; None where there is none, or a page or another document."""
    if XML_ROOT.match(text):
        return 0
    late = LATE_ROOT.search(text, 0, LATEST)
    if late is None or HTML.search(text, 0, late.start()):
        return None
    # NewsML and its kin may hold a feed's markup, as a page may; a warning's `<br />` is neither
    other = OTHER_ROOT.match(text, 0, late.start())
    if other and not re.search(r"<(?:br|b|p|div)$", other[0], re.IGNORECASE):
        return None
    return late.start()


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    """Every entry of a feed; none for a feed without entries.

    Raises Rejected: `html_not_feed`, `consent_page`, `not_a_feed` for something else in its place,
    `entity_bomb`, `external_entity` for XML that would do harm.
    """
    if not capture.body.strip(SPACE):
        raise Rejected("empty", "the feed has no content")
    text, _, issues = decode(capture.body, capture.charset)
    if text.lstrip().startswith("{"):
        yield from jsonfeed.parse(text.strip(), capture, source)
        return
    start = _feed_start(text)
    if start is None:
        _turn_away(capture, text)
    check_entities(text)
    if start:
        text = text[start:]
        check_entities(text)
    yield from _xml_feed(bare(text), issues, capture, source)


def _turn_away(capture: Capture, text: str) -> NoReturn:
    start = " ".join(text[:60].split())
    if not HTML.search(text[:4000]):
        raise Rejected("not_a_feed", f"{capture.locator} sent no feed: {start!r}")
    headings = " ".join(found[2] for found in HEADING.finditer(text[:65536]))
    ways = [capture.locator, *(hop.target for hop in capture.redirects)]
    if CONSENT.search(headings) or any(CONSENT_HOST.search(way) for way in ways):
        raise Rejected("consent_page", f"{capture.locator} sent a page that asks for consent")
    raise Rejected("html_not_feed", f"{capture.locator} sent a page: {start!r}")


def _xml_feed(
    text: str, issues: tuple[Issue, ...], capture: Capture, source: Source
) -> Iterator[Item | Rejected]:
    import feedparser  # noqa: PLC0415 - 60 ms that only feeds should pay

    text = CAPTION.sub(r"<\1media:caption\2>", text)
    feed = feedparser.parse(
        io.BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    language = feed.feed.get("language") or source.language
    home = joined(capture.locator, feed.feed.get("link")) or capture.locator
    entries = feed.entries
    cut = bool(feed.bozo) and not ROOT_END.search(text)
    if cut and len(ENTRY_END.findall(text)) < len(entries):
        entries = entries[:-1]  # half an entry is no story
    printed = printed_times(text)
    aligned = len(printed) == len(feed.entries)
    if printed and not entries and not cut:
        # a misspelt namespace, as in `<rss:item>`: feedparser sees no entries in it
        raise Rejected("no_items", f"{len(printed)} entries, and none that can be read")
    for n, entry in enumerate(entries):
        dates = dates_of(printed[n], entry, source.tz) if aligned else of_keys(entry, source.tz)
        item = _item(entry, source, language, home, n, dates)
        if item.body.strip() or (item.title or "").strip() or item.url:
            yield replace(item, issues=issues) if issues else item
        else:
            yield Rejected("empty", "an entry with neither title, text nor link", f"entry {n + 1}")
    if cut:
        yield Rejected(
            "truncated",
            f"{len(entries)} entries before the cut: {feed.get('bozo_exception')}",
            f"entry {len(entries) + 1}",
        )


def _item(
    entry: Any,
    source: Source,
    language: str | None,
    home: str,
    n: int,
    dates: tuple[DateFound, ...],
) -> Item:
    body, kind, origin = _body(entry)
    people = tuple(dict.fromkeys(a["name"] for a in entry.get("authors") or () if a.get("name")))
    found = {d.field: d for d in reversed(dates) if d.at}
    return Item(
        source=source.id,
        format="feed",
        ordinal=n,
        id=entry.get("id") or None,
        body=body or "",
        markup="html" if kind == "html" else "text",
        title=entry.get("title") or None,
        byline=" and ".join(people) or entry.get("author") or None,
        url=_link(entry, home),
        agency=source.agency,
        language=language,
        published=found["published"].at if "published" in found else None,
        updated=found["updated"].at if "updated" in found else None,
        rights=entry.get("rights") or None,
        subjects=tuple(
            Subject(tag.get("scheme"), tag.get("term"), tag.get("label"))
            for tag in entry.get("tags") or ()
            if tag.get("term")
        ),
        dates=dates,
        provenance=(
            ("id", "guid"),
            ("headline", "title"),
            ("body", origin),
            *((name, date.origin) for name, date in sorted(found.items())),
        ),
    )


def _link(entry: Any, home: str) -> str | None:
    # FeedBurner's own link counts the reader and leads to the original
    link = entry.get("feedburner_origlink") or entry.get("link")
    if not link:
        return None
    # feedparser takes a guid for the link where there is none, also `nw-2004` and `urn:uuid:…`
    if link == entry.get("id") and not link.startswith(("http://", "https://")):
        return None
    return joined(home, link)


def _body(entry: Any) -> tuple[str | None, str, str]:
    """The fullest text of an entry, whether it is html or text, and the element it stood in."""
    for content in entry.get("content") or ():
        if (content.get("value") or "").strip():
            plain = content.get("type") == "text/plain"
            return content["value"], "text" if plain else "html", "content"
    summary = entry.get("summary")
    if not (summary or "").strip() and (entry.get("media_caption") or "").strip():
        return entry["media_caption"], "text", "media:description"
    plain = (entry.get("summary_detail") or {}).get("type") == "text/plain"
    return summary, "text" if plain and "<" not in (summary or "") else "html", "summary"


@dataclass(frozen=True, slots=True)
class FeedHints:
    """How often a feed says that it changes, in seconds; None where it says nothing."""

    ttl_seconds: int | None = None
    update_period_seconds: int | None = None


def hints(capture: Capture) -> FeedHints:
    """`ttl`, and `sy:updatePeriod` over `sy:updateFrequency`, read from the feed's first bytes."""
    head = capture.body[:HINTED]
    first = FIRST_ENTRY.search(head)
    head = head[: first.start()] if first else head
    ttl, period, frequency = TTL.search(head), PERIOD.search(head), FREQUENCY.search(head)
    seconds = PERIODS.get(period[1].decode().lower()) if period else None
    times = max(1, int(frequency[1])) if frequency else 1
    return FeedHints(
        int(ttl[1]) * 60 or None if ttl else None,
        seconds // times if seconds else None,
    )
