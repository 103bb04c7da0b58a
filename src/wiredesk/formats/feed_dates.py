"""The times of a feed's entries as they are printed, element by element.

feedparser gives a time without saying which element it stood in or whether it had a zone, and of
two that it takes for the same it keeps one; so the text is read for them once more:

    entry = "<" , [ prefix ] , ( "item" | "entry" ) , … , { time } , … ;
    time  = "<" , [ prefix ] , name , … , ">" , raw , "</" ;

What an entry quotes (its copy, the feed it was taken from) is passed over.
"""

from __future__ import annotations

import calendar
import html
import re
import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from wiredesk.formats.times import FIRST_YEAR, HOURS, instant
from wiredesk.model import DateFound

#: elements that carry a time, in the order of trust: what RSS, Atom 1.0 and 0.3, Dublin Core say
TIMES = {
    "pubdate": "published",
    "published": "published",
    "issued": "published",
    "created": "published",
    "updated": "updated",
    "modified": "updated",
    "date": "updated",  # Dublin Core's date of any event; feedparser takes it so too
    "lastbuilddate": "updated",
}
QUOTED = frozenset(("content", "summary", "description", "encoded", "source", "title"))
ENTRIES = frozenset(("item", "entry"))
TAG = re.compile(
    r"<!\[CDATA\[(?:(?!\]\]>).)*+(?:\]\]>|\Z)|<!--(?:(?!-->).)*+(?:-->|\Z)|"
    rf"<(?P<close>/?)(?P<name>(?:[\w.-]{{1,40}}:)?(?:{'|'.join([*TIMES, *QUOTED, *ENTRIES])}))"
    r"(?=[\s/>])[^<>]*+>",
    re.IGNORECASE | re.DOTALL,
)
PRINTED = re.compile(r"\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,100})")
ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d|[+-]\d\d)$")
WORD = re.compile(r"\s*\(?([A-Za-z]{1,5})\)?$")
# `Mon, 04 May 2026 12:00:00 +0200`: nine feeds in ten; dateutil takes 30 times longer for it
RFC822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3})[a-z]*\s+(?P<year>\d{4})\s+"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s+"
    r"(?P<zone>GMT|UTC?|Z|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))$"
)
MONTHS = {name: n for n, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1
)}  # fmt: skip
Printed = tuple[str, str]  #: the element as printed (`dc:date`), and what stood in it


def printed_times(text: str) -> list[list[Printed]]:
    """For each entry of a feed, in order, every time printed in it."""
    entries: list[list[Printed]] = []
    inside = False
    quoting: str | None = None
    for tag in TAG.finditer(text):
        name = tag["name"]
        if name is None:
            continue
        local = name.rpartition(":")[2].lower()
        if local in ENTRIES:
            inside, quoting = not tag["close"], None
            if inside:
                entries.append([])
        elif quoting:
            if tag["close"] and name == quoting:
                quoting = None
        elif not inside or tag["close"] or tag[0].endswith("/>"):
            continue
        elif local in QUOTED:
            quoting = name
        elif raw := PRINTED.match(text, tag.end()):
            entries[-1].append((name, html.unescape(raw[1]).strip()))
    return entries


def dates_of(printed: list[Printed], entry: Any, tz: str) -> tuple[DateFound, ...]:
    """The times of one entry in the order of trust; `entry` is feedparser's, which knows Greek,
    Hungarian and Korean month names.
    """
    found = [
        date_found(field, element, raw, tz, _known(entry, raw))
        for local, field in TIMES.items()
        for element, raw in dict.fromkeys(printed)
        if element.rpartition(":")[2].lower() == local
    ]
    return tuple(found)


def of_keys(entry: Any, tz: str) -> tuple[DateFound, ...]:
    """The times that feedparser names, for a feed too broken to tell its entries apart."""
    return tuple(
        date_found(TIMES[key], key, raw, tz, _stamp(dict.get(entry, f"{key}_parsed")))
        for key in ("published", "created", "updated")
        if isinstance(raw := dict.get(entry, key), str) and raw.strip()
    )


def date_found(
    field: str, origin: str, raw: str, tz: str, known: datetime | None = None
) -> DateFound:
    """A printed time read; `known` is what another reader made of it where ours makes nothing."""
    read, zoneless = read_time(raw.strip(), tz)
    at = read or known
    return DateFound(field, origin, raw, at if at and at.year >= FIRST_YEAR else None, zoneless)


@lru_cache(maxsize=4096)
def read_time(raw: str, tz: str) -> tuple[datetime | None, bool]:
    """The instant and whether the print names no zone.  A zone word nobody knows is no zone."""
    common = RFC822.match(raw)
    if common and (month := MONTHS.get(common["month"].lower())):
        return _rfc822(common, month), False
    if ZONE.search(raw) and ":" in raw:
        return _iso(raw) or instant(raw, tz), False
    word = WORD.search(raw)
    if word and word[1].upper() in HOURS:
        return instant(raw, tz), False
    known_half = word and word[1].lower() in {"am", "pm"}
    bare = raw[: word.start()] if word and not known_half else raw
    at = instant(bare, tz)
    return at, at is not None


def _iso(raw: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(raw)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _rfc822(common: re.Match[str], month: int) -> datetime | None:
    try:
        local = datetime(
            *(int(common["year"]), month, int(common["day"]), int(common["hour"])),
            *(int(common["minute"]), int(common["second"] or 0)),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    if not common["sign"]:
        return local
    east = (int(common["hours"]) * 3600 + int(common["minutes"]) * 60) * (
        1 if common["sign"] == "+" else -1
    )
    return _moment(calendar.timegm(local.timetuple()) - east)


def _known(entry: Any, raw: str) -> datetime | None:
    for key in ("published", "updated", "created"):
        if dict.get(entry, key) == raw:
            return _stamp(dict.get(entry, f"{key}_parsed"))
    return None


def _stamp(parsed: time.struct_time | None) -> datetime | None:
    return None if parsed is None else _moment(calendar.timegm(parsed))


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
