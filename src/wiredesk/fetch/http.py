"""HTTP: polite, and hard to hurt.  Conditional GETs, with redirects followed by hand.

    hop         scheme and host; the host's addresses, all checked      guard.py
    robots.txt  asked, or known                                         robots.py
    exchange    a turn, a connection, a head, a body in pieces          exchange.py
    status      a body, unchanged, an error; a redirect is a next hop   answer.py

Failures are told apart by type (errors.py); between polls, backoff.py says when to come again.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import httpcore

from wiredesk.errors import FetchError, Permanent, Temporary
from wiredesk.fetch.answer import FOR_EVER, REDIRECTS, Answer, failure
from wiredesk.fetch.credentials import NONE, Credentials, credentials
from wiredesk.fetch.exchange import Exchange, Question
from wiredesk.fetch.guard import Guard, Resolve, place, shown
from wiredesk.fetch.limits import Limits
from wiredesk.fetch.robots import Robots
from wiredesk.model import Capture, Redirect, RobotsSeen, Source, Unchanged, Validators

USUAL = Limits()
ROBOTS_WITHIN = 20.0  # seconds; a small file, and what it holds up has yet to be fetched
COOKIES = frozenset(("set-cookie", "set-cookie2"))


class Web:
    """The web for one run: one client, one set of turns, what robots.txt files said."""

    def __init__(
        self,
        *,
        contact: str,
        now: Callable[[], datetime],
        secrets: Mapping[str, str] | None = None,
        robots: Iterable[RobotsSeen] = (),
        resolve: Resolve | None = None,
        limits: Limits = USUAL,
        tls: ssl.SSLContext | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        """`contact` is the page or address of whoever runs this, for those we ask.

        `secrets` are by source id.  `robots` were kept from earlier runs.  `resolve`, `tls` and
        `network` are for a world of one's own: its names, certificates and connections.
        """
        self._secrets = secrets or {}
        self._limits = limits
        self._guard = Guard(resolve, limits.connect, limits.names)
        self._exchange = Exchange(contact, now, limits, tls, network)
        self._robots = Robots(self._ask_robots, now, limits.crawl_delay, robots)

    @property
    def robots_seen(self) -> list[RobotsSeen]:
        """robots.txt files fetched anew during this run, for keeping."""
        return self._robots.fetched

    async def __aenter__(self) -> Web:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._exchange.close()
        self._guard.close()

    async def get(
        self, source: Source, url: str, known: Validators | None = None
    ) -> Capture | Unchanged:
        """One conditional GET.  Raises FetchError: Temporary, Soft, Permanent, Refused, Gone.

        `known` are the validators of the last body from this address that was loaded.
        """
        asked = _conditions(known) if known else []
        keys = NONE
        try:
            keys = credentials(source, self._secrets)
            question = Question(source, place(url), keys, asked, self._limits.answer)
            answer = await self._follow(url, question, source.robots)
            failed = failure(answer, conditional=bool(asked))
        except FetchError as no:
            failed = no
        if failed:
            # outside `except`, and as a new error: the first one's traceback holds the frames it
            # came through, and with them a body of up to 64 MB
            failed = _told(failed, url, keys)
            raise failed
        if answer.status == 304:
            return Unchanged(source.id, url, answer.at, redirects=answer.redirects)
        return _capture(source, url, answer, keys)

    async def _ask_robots(self, source: Source, url: str) -> Answer:
        within = min(self._limits.answer, ROBOTS_WITHIN)
        question = Question(source, place(url), NONE, [], within, enough=self._limits.robots)
        return await self._follow(url, question, robots=False)

    async def _follow(self, here: str, question: Question, robots: bool) -> Answer:
        """The answer at the end of the redirects; `robots` says whether robots.txt is asked.

        `here` is the first address as it was asked for, which hops are recorded under.
        """
        source = question.source
        hops: list[Redirect] = []
        been = set()
        while True:
            pinned = await self._guard.addresses(question.to, source.allow)
            delay = source.delay
            if robots:
                delay = max(delay, await self._robots.delay(source, question.to))
            state = question.state
            answer = await self._exchange.ask(question, pinned, delay)
            target = answer.headers.get("location", "").strip()
            if answer.status not in REDIRECTS or not target:
                return replace(answer, redirects=tuple(hops))
            been.add(state)
            question.to = question.keys.bare(place(target, answer.url))
            there = question.keys.hide(str(question.to.url))
            hops.append(Redirect(here, there, answer.status in FOR_EVER))
            here = there
            # A consent gate sets a cookie and sends back to where one was: that is no loop yet.
            if question.state in been:
                raise Permanent(there, "a redirect loop", answer.status)
            if len(hops) > self._limits.redirects:
                raise Permanent(there, f"more than {self._limits.redirects} redirects")


def _conditions(known: Validators) -> list[tuple[bytes, bytes]]:
    pairs = ((b"If-None-Match", known.etag), (b"If-Modified-Since", known.last_modified))
    return [(name, value.encode()) for name, value in pairs if value]


def _capture(source: Source, url: str, answer: Answer, keys: Credentials) -> Capture:
    headers = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in answer.headers.raw]
    return Capture(
        source=source.id,
        locator=url,
        body=answer.body,
        fetched_at=answer.at,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        media_type=answer.media_type,
        charset=answer.charset,
        status=answer.status,
        etag=answer.validator("etag"),
        last_modified=answer.validator("last-modified"),
        headers=tuple((k, keys.hide(v)) for k, v in headers if k.lower() not in COOKIES),
        redirects=answer.redirects,
    )


def _told(no: FetchError, url: str, keys: Credentials) -> FetchError:
    """The same failure of the address that was asked for, with nothing secret in it."""
    where = "" if no.url in {url, shown(url)} else f"at {shown(no.url)}: "
    # a target that a server makes up may be 60 KB long, and tell terminals what to do
    asked, reason = keys.hide(shown(url)), keys.hide(where + no.reason)[:500]
    reason = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in reason)
    if isinstance(no, Temporary):
        return Temporary(asked, reason, no.status, no.wait)
    return type(no)(asked, reason, no.status)
