"""robots.txt: asked once in a while, kept between runs, obeyed as RFC 9309 has it.

answer                     means
200                        its rules, for the product token `wiredesk`, else `*`
other 2xx, 3xx, 4xx        no rules: all is allowed
5xx, 429, no answer        the rules seen before; where none were, nothing is fetched for now
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
from protego import Protego

from wiredesk.errors import FetchError, Refused, Temporary
from wiredesk.fetch.answer import Answer
from wiredesk.fetch.guard import Place
from wiredesk.model import RobotsSeen, Source

PRODUCT = "wiredesk"
STANDS = timedelta(hours=24)  # RFC 9309: a copy should not be used for longer than a day
SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=7)  # of what Cache-Control may say instead
AGAIN = timedelta(minutes=5)  # before an origin whose robots.txt did not come is asked for it again
MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE | re.ASCII)


Ask = Callable[[Source, str], Awaitable[Answer]]


class Robots:
    """What the origins of a run allow."""

    def __init__(
        self, ask: Ask, now: Callable[[], datetime], cap: float, kept: Iterable[RobotsSeen]
    ) -> None:
        self.fetched: list[RobotsSeen] = []  #: anew, in this run
        self._ask = ask
        self._now = now
        self._cap = cap  #: seconds; the longest Crawl-delay that is kept
        self._seen = {seen.origin: seen for seen in kept}
        self._rules: dict[str, tuple[RobotsSeen, Protego | None]] = {}
        self._failed: dict[str, tuple[datetime, Temporary]] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def delay(self, source: Source, to: Place) -> float:
        """The Crawl-delay in seconds (0: none) of a place that may be fetched.

        Raises Refused where robots.txt says no, Temporary where it could not be had.
        """
        async with self._asking.setdefault(to.origin, asyncio.Lock()):
            seen = await self._current(source, to)
        rules = self._parsed(seen)
        if rules is None:
            return 0.0
        if not rules.can_fetch(str(to.url), PRODUCT):
            raise Refused(str(to.url), "robots.txt says no")
        return min(rules.crawl_delay(PRODUCT) or 0.0, self._cap)

    async def _current(self, source: Source, to: Place) -> RobotsSeen:
        now = self._now()
        seen = self._seen.get(to.origin)
        if seen and now < seen.expires_at:
            return seen
        until, no = self._failed.get(to.origin, (now, None))
        if no is None or now >= until:
            try:
                seen = await self._fetch(source, to)
            except Temporary as came:
                # a new one: the traceback of the first holds all that it came through
                no = Temporary(came.url, came.reason, came.status, came.wait)
                self._failed[to.origin] = now + AGAIN, no
            else:
                self._seen[to.origin] = seen
                self.fetched.append(seen)
                return seen
        if seen:
            return seen
        raise Temporary(str(to.url), f"robots.txt: {no.reason}", no.status, no.wait)

    async def _fetch(self, source: Source, to: Place) -> RobotsSeen:
        now = self._now()
        blank = RobotsSeen(to.origin, now, now + STANDS, None, "")
        try:
            answer = await self._ask(source, f"{to.origin}/robots.txt")
        except Temporary:
            raise
        except FetchError as no:
            return replace(blank, status=no.status)
        if answer.status == 429 or answer.status >= 500:
            raise Temporary(answer.url, f"HTTP {answer.status}", answer.status, answer.wait())
        body = answer.body.decode("utf-8-sig", "replace") if answer.status == 200 else ""
        expires = now + lifetime(answer.headers)
        return replace(blank, expires_at=expires, status=answer.status, body=body)

    def _parsed(self, seen: RobotsSeen) -> Protego | None:
        known = self._rules.get(seen.origin)
        if known is None or known[0] is not seen:
            known = seen, Protego.parse(seen.body) if seen.body else None
            self._rules[seen.origin] = known
        return known[1]


def lifetime(headers: httpx.Headers) -> timedelta:
    """How long a robots.txt stands: its max-age within bounds, else a day."""
    said = MAX_AGE.search(headers.get("cache-control", ""))
    return min(max(timedelta(seconds=int(said[1])), SHORTEST), LONGEST) if said else STANDS
