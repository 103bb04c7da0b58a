"""Retry-After, in every form that servers send.

retry-after = seconds | http-date
seconds     = digits [ "." digits ]                       ; the fraction is against the rules
http-date   = "Sun, 06 Nov 1994 08:49:37 GMT"             ; RFC 9110
            | "Sunday, 06-Nov-94 08:49:37 GMT"            ; RFC 850
            | "Sun Nov  6 08:49:37 1994"                  ; asctime
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Servers say 88 hours for want of a better figure; a day on, the source is asked again anyway.
LONGEST = 24 * 3600.0
SECONDS = re.compile(r"\d{1,12}(?:\.\d+)?", re.ASCII)


def retry_after(value: str | None, now: datetime, server: str | None = None) -> float | None:
    """Seconds to wait, at most LONGEST; None where nothing usable is said.

    A date is counted from the answer's own `Date` (`server`) where that can be read, for what a
    server means is its own clock, and from `now` otherwise.
    """
    value = (value or "").strip()
    if SECONDS.fullmatch(value):
        return min(float(value), LONGEST)
    until = http_date(value)
    if until is None:
        return None
    wait = (until - (http_date(server or "") or now)).total_seconds()
    return min(wait, LONGEST) if wait >= 0 else None


def http_date(value: str) -> datetime | None:
    """The instant of an HTTP date in any of its three forms, or None."""
    try:
        at = parsedate_to_datetime(value)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
