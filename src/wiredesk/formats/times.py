"""Times as formats and web pages print them, to instants in UTC.

An unreadable time is None and an issue, never "now".  A time without a zone takes the source's.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser as dateutil_parser
from dateutil import tz as dateutil_tz

# Zone words of wire copy; abbreviations are ambiguous world-wide, these are what agencies mean.
HOURS = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "UT": 0,
    "BST": 1,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "MEZ": 1,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "IST": 5.5,
    "SGT": 8,
    "HKT": 8,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
ZONES = {name: dateutil_tz.tzoffset(name, int(hours * 3600)) for name, hours in HOURS.items()}
COMPACT = re.compile(r"^(\d{8})T?(\d{6})?(Z|[+-]\d{4})?$")
# 26-FEB-1987 15:01:01.79, with the tails that 334 dates of Reuters-21578 carry
R21578 = re.compile(r"^\s*(\d{1,2}-[A-Za-z]{3}-\d{4})(?:\s+(\d{2}:\d{2}:\d{2}))?")


#: `0001-01-01T00:00:00Z` is how several languages print that they have no time
FIRST_YEAR = 1800
#: `Sun May 26, 2013 3:51pm EDT`, as reuters.com printed for years; dateutil takes 30 times longer
WEB = re.compile(
    r"(?:[A-Z][a-z]{2} )?(?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2}), (?P<year>\d{4}) "
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<half>[ap])m (?P<zone>[A-Z]{2,4})$"
)
SHORT = {name: n for n, name in enumerate(
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1
)}  # fmt: skip


def instant(raw: object, tz: str = "UTC") -> datetime | None:
    """The instant that `raw` names, in UTC; None when it names none, or one before wires were."""
    if raw is None or isinstance(raw, bool):
        return None
    found = _epoch(raw) if isinstance(raw, int | float) else _instant(str(raw).strip(), tz)
    return found if found and found.year >= FIRST_YEAR else None


@lru_cache(maxsize=4096)
def _instant(raw: str, tz: str) -> datetime | None:
    if not raw or not any(c.isdigit() for c in raw):
        return None
    web = WEB.match(raw)
    if web and web["zone"] in ZONES and web["month"] in SHORT:
        hour = int(web["hour"]) % 12 + (12 if web["half"] == "p" else 0)
        try:
            when = datetime(
                *(int(web["year"]), SHORT[web["month"]], int(web["day"]), hour, int(web["minute"])),
                tzinfo=ZONES[web["zone"]],
            )
        except ValueError:
            return None
        return when.astimezone(UTC)
    r21578 = R21578.match(raw)
    compact = COMPACT.match(raw)
    try:
        if r21578:
            when = dateutil_parser.parse(" ".join(filter(None, r21578.groups())))
        elif compact:
            day, clock, zone = compact.groups()
            when = datetime.strptime(  # noqa: DTZ007 - the zone is set below
                day + (clock or "000000"), "%Y%m%d%H%M%S"
            )
            if zone:
                when = datetime.fromisoformat(when.isoformat() + zone)
        else:
            when = _iso(raw) or dateutil_parser.parse(
                raw,
                tzinfos=ZONES,
                default=datetime(1, 1, 1, tzinfo=None),  # noqa: DTZ001
            )
        # dateutil fills what is missing from its default: no year means that we know no instant
        if when.year < 1800:
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=_zone(tz))
        return when.astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def _iso(raw: str) -> datetime | None:
    try:
        return datetime.fromisoformat(raw)
    except ValueError:
        return None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _epoch(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def full_year(two: str) -> str:
    """The year that two digits mean on a wire: no archive of text is older than 1970."""
    return f"{'19' if int(two) >= 70 else '20'}{two}"
