"""One pass over the sources that are due: ask, take in, follow, fill gaps, and say when next.

feed      its payload is taken in; entries without their copy are followed to their pages
sitemap   its addresses that were not fetched yet, or have changed since, are fetched as pages
pages     each address of the list is polled
folder, spool   files are taken in as they lie there
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from wiredesk.errors import FetchError, Rejected, Soft, Temporary
from wiredesk.fetch import files
from wiredesk.fetch.backoff import backoff, kind
from wiredesk.fetch.fetching import Answer, Ask, Fetching
from wiredesk.fetch.http import Web
from wiredesk.formats.feed import FeedHints, hints
from wiredesk.formats.sitemap import Sitemap, read_sitemap
from wiredesk.ingest import Came, Run
from wiredesk.intake import Teaser
from wiredesk.model import Capture, Source, Unchanged
from wiredesk.schedule import Poll, Standing, after, due, effective, gap, noted, shared
from wiredesk.warehouse import Ledger

LOCAL = frozenset(("folder", "spool"))
PAGES_A_POLL = 500  #: of one sitemap; what is left waits for the next poll
CHILDREN = 50  #: sitemaps of an index that one poll opens, the latest first
TRIES = 3  #: how often a page of a sitemap is asked for
MAX_AGE = re.compile(r"\bmax-age=(\d{1,9})\b")
BEFORE = timedelta(hours=1)  #: pages are stamped a little before they reach a sitemap

Show = Callable[[Ledger], None]


@dataclass(slots=True)
class _Visit:
    """One poll of a source as it goes on."""

    source: Source
    at: datetime
    url: str
    outstanding: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    stories: set[int] = field(default_factory=set)
    unchanged: bool = False
    error: FetchError | None = None
    hint: int = 0
    period: int | None = None
    listing: str | None = None
    gap: _Gap | None = None


@dataclass(slots=True)
class _Gap:
    since: datetime
    until: datetime
    listed: int = 0
    filled: int = 0
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class _Why:
    """What an answer is for."""

    visit: _Visit
    purpose: str  #: feed, list, page, teaser, gap
    listing: Capture | None = None  #: the list that named the page
    teaser: Teaser | None = None
    depth: int = 0  #: of a sitemap under indexes


class Polling:
    """One pass of `run` over `sources`."""

    def __init__(
        self,
        run: Run,
        open_web: Callable[[], Web],
        now: Callable[[], datetime],
        show: Show | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._run, self._now, self._show, self._chance = run, now, show, chance
        self._fetching: Fetching[_Why] = Fetching(open_web)
        self._standings = run.warehouse.standings()
        self._moves = run.warehouse.moves()
        self._cursors = run.warehouse.cursors()
        self._ended: list[_Visit] = []
        self._ledgers: dict[str, Ledger] = {}

    def poll(self, sources: Sequence[Source], *, every: bool) -> dict[str, Ledger]:
        """Poll those of `sources` that are due, or all; what each brought."""
        wanted = [s for s in sources if every or due(self._standings.get(s.id), self._now())]
        for source in wanted:
            if source.kind in LOCAL:
                self._local(source)
        remote = [source for source in wanted if source.kind not in LOCAL]
        if remote:
            with self._fetching as fetching:
                for source in remote:
                    self._begin(source)
                for batch in fetching.answers():
                    self._handle(batch)
                    self._end()
                robots = [
                    (r.origin, r.fetched_at, r.expires_at, r.status, r.body)
                    for r in fetching.web.robots_seen
                ]
            self._run.warehouse.note({"robots": robots})
        self._run.finish()
        return self._ledgers

    def _local(self, source: Source) -> None:
        visit = _Visit(source, self._now(), source.url)
        arrived = list(files.arrivals(source, visit.at))
        for came, _ in self._run.take([(source, a) for a in arrived]):
            self._came(visit, came)
        unmoved = files.moved(source, [a for a in arrived if isinstance(a, Capture)])
        for came, _ in self._run.take([(source, no) for no in unmoved]):
            self._came(visit, came)
        self._ended.append(visit)
        self._end()

    def _begin(self, source: Source) -> None:
        at = self._now()
        url = effective(source.url, self._moves.get(source.id, {}), at)
        visit = _Visit(source, at, url)
        purpose = "feed" if source.kind == "feed" else "list"
        self._ask(visit, url, _Why(visit, purpose), fresh=source.kind == "pages")

    def _ask(self, visit: _Visit, url: str, why: _Why, *, fresh: bool = False) -> None:
        """Ask for an address; `fresh`: the whole of it, whatever we have."""
        visit.outstanding += 1
        known = None if fresh else self._cursors.get((visit.source.id, url))
        self._fetching.ask(Ask(visit.source, url, why, known))

    # -- answers

    def _handle(self, batch: Sequence[tuple[Ask[_Why], Answer]]) -> None:
        by: dict[str, list[tuple[Ask[_Why], Answer]]] = {}
        for ask, answer in batch:
            by.setdefault(ask.why.purpose, []).append((ask, answer))
        for ask, answer in (*by.get("feed", ()), *by.get("list", ())):
            if ask.url == ask.why.visit.url:
                self._noted(ask.why.visit, answer)
        self._feeds(by.get("feed", []))
        self._pages(by.get("page", []))
        self._teasers(by.get("teaser", []))
        for ask, answer in by.get("list", ()):
            self._list(ask, answer)
        for ask, answer in by.get("gap", ()):
            self._fill(ask, answer)
        for ask, _ in batch:
            ask.why.visit.outstanding -= 1
            if not ask.why.visit.outstanding:
                self._through(ask.why.visit)

    def _noted(self, visit: _Visit, answer: Answer) -> None:
        """What the answer of a source's own address says of the source."""
        if isinstance(answer, FetchError):
            visit.error = answer
            return
        visit.unchanged = isinstance(answer, Unchanged)
        self._moved(visit, answer)
        if isinstance(answer, Capture):
            before = self._standings.get(visit.source.id)
            visit.listing = answer.sha256
            visit.unchanged = bool(before and before.listing == answer.sha256)
            visit.hint, visit.period = _hints(visit.source, answer)

    def _moved(self, visit: _Visit, answer: Capture | Unchanged) -> None:
        target = None
        for hop in answer.redirects:
            if not hop.permanent:
                break
            target = hop.target
        moves = self._moves.setdefault(visit.source.id, {})
        if moved := noted(moves, visit.url, target, visit.at):
            moves[visit.url] = moved
            row = (visit.source.id, visit.url, target, self._run.id, visit.at)
            self._run.warehouse.note({"redirects": [row]})

    def _feeds(self, answered: Sequence[tuple[Ask[_Why], Answer]]) -> None:
        if not answered:
            return
        visits = {ask.source.id: ask.why.visit for ask, _ in answered}
        teasers: list[Teaser] = []
        group = [(ask.source, answer) for ask, answer in answered]
        for came, more in self._run.take(group, follow=True):
            self._all_came(visits, came)
            teasers += more
        if not teasers:
            return
        came, wanted = self._run.settle(teasers)
        self._all_came(visits, came)
        for teaser in wanted:
            visit = visits[teaser.source.id]
            why = _Why(visit, "teaser", teaser=teaser)
            self._ask(visit, teaser.item.url or "", why, fresh=True)

    def _teasers(self, answered: Sequence[tuple[Ask[_Why], Answer]]) -> None:
        pairs = [
            (ask.why.teaser, "unchanged" if isinstance(answer, Unchanged) else answer)
            for ask, answer in answered
            if ask.why.teaser
        ]
        if pairs:
            visits = {ask.source.id: ask.why.visit for ask, _ in answered}
            for came in self._run.follow(pairs):
                self._all_came(visits, came)

    def _pages(self, answered: Sequence[tuple[Ask[_Why], Answer]]) -> None:
        if not answered:
            return
        visits = {ask.source.id: ask.why.visit for ask, _ in answered}
        for ask, _ in answered:
            if ask.why.listing:
                self._run.release(ask.source, ask.why.listing)
        group = [(ask.source, answer) for ask, answer in answered]
        for came, _ in self._run.take(group):
            self._all_came(visits, came)

    def _list(self, ask: Ask[_Why], answer: Answer) -> None:
        """A list of pages or a sitemap: its addresses are asked for."""
        visit = ask.why.visit
        if not isinstance(answer, Capture):
            for came, _ in self._run.take([(ask.source, answer)]):
                self._came(visit, came)
            return
        try:
            links = self._listed(ask, answer)
        except Rejected as no:
            visit.error = Soft(ask.url, f"{no.code}: {no.detail}", answer.status)
            self._run.turn_away(ask.source, answer, no)
            return
        self._run.hold(ask.source, answer, len(links))
        for url in links:
            self._ask(visit, url, _Why(visit, "page", answer))

    def _listed(self, ask: Ask[_Why], answer: Capture) -> list[str]:
        if ask.source.kind == "pages":
            lines = answer.body.decode("utf-8", "replace").splitlines()
            named = (line.strip() for line in lines if line.strip() and not line.startswith("#"))
            return list(dict.fromkeys(urljoin(ask.url, line) for line in named))
        sitemap = read_sitemap(answer.body, answer.charset, base=ask.url, tz=ask.source.tz)
        self._open_children(ask, sitemap)
        newest = sorted(
            sitemap.entries, key=lambda e: _stamp(e.published or e.lastmod), reverse=True
        )
        known = self._run.warehouse.known_locators([(ask.source.id, e.loc) for e in newest])
        wanted = []
        for entry in newest:
            had, failed = known.get((ask.source.id, entry.loc), (None, 0))
            changed = had is None or (entry.lastmod is not None and entry.lastmod > had)
            if changed and (had is not None or failed < TRIES):
                wanted.append(entry.loc)
        return list(dict.fromkeys(wanted))[:PAGES_A_POLL]

    def _open_children(self, ask: Ask[_Why], sitemap: Sitemap) -> None:
        if ask.why.depth < 2:  # an index of indexes is as deep as the web goes
            latest = sorted(sitemap.children, key=lambda c: _stamp(c[1]), reverse=True)
            for url, _ in latest[:CHILDREN]:
                self._ask(
                    ask.why.visit,
                    url,
                    _Why(ask.why.visit, ask.why.purpose, depth=ask.why.depth + 1),
                )

    # -- gaps

    def _fill(self, ask: Ask[_Why], answer: Answer) -> None:
        """A sitemap, asked for what a gap lost: the pages of that time that we have not."""
        visit = ask.why.visit
        hole = visit.gap
        assert hole is not None  # noqa: S101 - only a visit with a gap asks for this
        try:
            if not isinstance(answer, Capture):
                raise Rejected("not_fetched", str(answer))
            sitemap = read_sitemap(answer.body, answer.charset, base=ask.url, tz=ask.source.tz)
        except Rejected as no:
            hole.detail = f"{no.code}: {no.detail}"
            return
        self._open_children(ask, sitemap)
        times = [(e.loc, e.published or e.lastmod) for e in sitemap.entries]
        window = [loc for loc, t in times if t and hole.since - BEFORE <= t <= hole.until]
        here = [(ask.source.id, loc) for loc in dict.fromkeys(window)]
        had = self._run.warehouse.known_links(here) | {
            loc for _, loc in self._run.warehouse.known_locators(here)
        }
        hole.listed += len(here)
        for _, loc in here:
            if loc not in had and hole.filled < PAGES_A_POLL:
                hole.filled += 1
                self._ask(visit, loc, _Why(visit, "page"), fresh=True)

    # -- the end of a poll

    def _through(self, visit: _Visit) -> None:
        """Nothing more is asked for a source: is there a gap, and where would its stories be?"""
        source, before = visit.source, self._standings.get(visit.source.id)
        if visit.gap is None and source.kind == "feed" and self._gap(visit, before):
            assert before is not None  # noqa: S101 - a gap lies after a poll
            visit.gap = _Gap(before.polled_at, visit.at)
            if source.sitemap:
                why = _Why(visit, "gap")
                self._ask(visit, source.sitemap, why, fresh=True)
                return
        self._ended.append(visit)

    def _gap(self, visit: _Visit, before: Standing | None) -> bool:
        return gap(self._as_poll(visit, before))

    def _as_poll(self, visit: _Visit, before: Standing | None) -> Poll:
        common = None
        if visit.stories and before and before.listing and not visit.unchanged:
            listings = [(visit.source.id, before.listing)]
            last = self._run.warehouse.last_listings(listings).get(visit.source.id, set())
            common = shared(visit.stories, last)
        error, ledger = visit.error, visit.ledger
        if not error and ledger.listed and ledger.rejected == ledger.listed:
            error = Soft(visit.url, "nothing in it could be read; ops.rejects says why")
        return Poll(
            *(visit.source, visit.at, visit.url, ledger.listed),
            new=ledger.new_stories + ledger.new_versions,
            shared=common,
            unchanged=visit.unchanged,
            error=error,
            hint=visit.hint,
            period=visit.period,
            listing=None if error else visit.listing,
        )

    def _end(self) -> None:
        """Note the polls that are through."""
        polls: list[tuple[Any, ...]] = []
        gaps: list[tuple[Any, ...]] = []
        for visit in self._ended:
            before = self._standings.get(visit.source.id)
            poll = self._as_poll(visit, before)
            standing = after(poll, before, self._wait(poll, before))
            self._standings[visit.source.id] = standing
            self._ledgers[visit.source.id] = visit.ledger
            polls.append(
                (
                    *(visit.source.id, self._run.id, visit.at, visit.url, standing.outcome),
                    *(poll.listed, poll.new, poll.shared, visit.gap is not None),
                    *(standing.failures, standing.interval, standing.next_at, standing.listing),
                    poll.error.reason if poll.error else None,
                )
            )
            if hole := visit.gap:
                gaps.append(
                    (
                        *(visit.source.id, self._run.id, hole.since, hole.until),
                        *(visit.source.sitemap, hole.listed, hole.filled, hole.detail),
                    )
                )
        if self._ended:
            self._run.warehouse.note({"polls": polls, "gaps": gaps})
        self._ended = []

    def _wait(self, poll: Poll, before: Standing | None) -> timedelta:
        if poll.error is None:
            return timedelta()
        failures = (before.failures if before else 0) + 1
        asked = poll.error.wait if isinstance(poll.error, Temporary) else None
        return backoff(kind(poll.error), failures, asked, self._chance())

    # -- what came

    def _all_came(self, visits: dict[str, _Visit], came: Came) -> None:
        for source in came:
            if source in visits:
                self._came(visits[source], came)

    def _came(self, visit: _Visit, came: Came) -> None:
        loaded = came.get(visit.source.id)
        if loaded is None:
            return
        visit.ledger += loaded.ledger
        visit.stories |= loaded.stories
        if self._show:
            self._show(loaded.ledger)


def _stamp(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _hints(source: Source, answer: Capture) -> tuple[int, int | None]:
    """Seconds for which the answer says it stays as it is, and in which it says it changes."""
    said = hints(answer) if source.kind == "feed" else FeedHints(None, None)
    found = [said.ttl_seconds or 0]
    for name, value in answer.headers:
        if name.lower() == "cache-control" and (age := MAX_AGE.search(value)):
            found.append(int(age[1]))
    return max(found), said.update_period_seconds
