"""One pass over the sources that are due: ask, take in, follow, fill gaps, and say when next.

feed      its payload is taken in; entries without their copy are followed to their pages
sitemap   its addresses that were not fetched yet, or have changed since, are fetched as pages
pages     each address of the list is polled
folder, spool   files are taken in as they lie there

A poll is noted in the warehouse last of all.  A cursor counts only with its poll, so what a run
was killed over is looked at again from the start, and what was loaded of it is found to be there.
"""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from wiredesk.errors import FetchError, Rejected, Soft, Temporary
from wiredesk.fetch import files
from wiredesk.fetch.backoff import backoff, kind
from wiredesk.fetch.fetching import Answer, Ask, Fetching
from wiredesk.fetch.http import Web
from wiredesk.formats.feed import FeedHints, hints
from wiredesk.formats.links import web_link
from wiredesk.formats.sitemap import Sitemap, read_sitemap
from wiredesk.ingest import Arrived, Came, Run
from wiredesk.intake import Teaser
from wiredesk.logs import facts
from wiredesk.match.identity import canonical_link
from wiredesk.match.listing import ANOTHER_SITE, Listing
from wiredesk.model import Capture, Source, Unchanged
from wiredesk.schedule import Poll, Standing, after, due, effective, gap, noted, shared
from wiredesk.warehouse import Ledger

log = logging.getLogger(__name__)
LOCAL = frozenset(("folder", "spool"))
PAGES_A_POLL = 500  #: of a source and its sitemaps; what is left waits for the next poll
CHILDREN = 50  #: sitemaps of an index that one poll opens, the latest first
TRIES = 3  #: how often a page of a sitemap is asked for
BELIEVED = 3  #: polls in a row after which the feed of another site is taken for the source's own
MAX_AGE = re.compile(r"\bmax-age=(\d{1,9})\b")
BEFORE = timedelta(hours=1)  #: pages are stamped a little before they reach a sitemap
Held = dict[tuple[str, str], Listing]  #: by source and sha256 of a listing

#: those that are due; all but those that are retired; all, because a person named them
Which = Literal["due", "living", "named"]
Show = Callable[[Ledger], None]


@dataclass(slots=True)
class _Visit:
    """One poll of a source as it goes on."""

    source: Source
    at: datetime
    url: str
    outstanding: int = 0
    asked: set[str] = field(default_factory=set)  #: lists and pages, each once a poll
    ledger: Ledger = field(default_factory=Ledger)
    named: int = 0  #: addresses that its lists named
    more: bool = False
    answer: Capture | Unchanged | None = None  #: of its own address, without the body
    unchanged: bool = False
    error: FetchError | None = None
    hint: int = 0
    period: int | None = None
    poll: Poll | None = None
    gap: _Gap | None = None

    @property
    def listing(self) -> str | None:
        """sha256 of what came from its own address."""
        return self.answer.sha256 if isinstance(self.answer, Capture) else None


@dataclass(slots=True)
class _Gap:
    since: datetime
    until: datetime
    links: frozenset[str | None]  #: canonical, of the listing that showed it
    listed: int = 0
    filled: int = 0
    failed: int = 0
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
        self._standings = run.warehouse.standings(now())
        self._moves = run.warehouse.moves()
        self._cursors = run.warehouse.cursors()
        self._visits: dict[str, _Visit] = {}
        self._ended: list[_Visit] = []

    def poll(self, sources: Sequence[Source], which: Which = "due") -> dict[str, Ledger]:
        """Poll those of `sources` that are due, that live, or all; what each brought."""
        wanted = [source for source in sources if self._wanted(source, which)]
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
        return {visit.source.id: visit.ledger for visit in self._visits.values()}

    def _wanted(self, source: Source, which: Which) -> bool:
        standing = self._standings.get(source.id)
        if which == "due":
            return due(standing, self._now())
        return which == "named" or standing is None or standing.next_at is not None

    def _local(self, source: Source) -> None:
        visit = self._visits[source.id] = _Visit(source, self._now(), source.url)
        taken: list[Capture] = []

        def arriving() -> Iterator[Arrived]:
            for arrived in files.arrivals(source, visit.at):
                if isinstance(arrived, Capture):
                    taken.append(replace(arrived, body=b""))
                elif arrived.locator == source.url:
                    visit.error = Soft(source.url, arrived.detail)
                yield arrived

        self._brought(visit, self._run.ingest(source, arriving()))
        self._brought(visit, self._run.ingest(source, files.moved(source, taken)))
        self._through([visit])
        self._end()

    def _begin(self, source: Source) -> None:
        at = self._now()
        url = effective(source.url, self._moves.get(source.id, {}), at)
        visit = self._visits[source.id] = _Visit(source, at, url)
        purpose = "feed" if source.kind == "feed" else "list"
        self._ask(visit, url, _Why(visit, purpose), fresh=source.kind == "pages")

    def _ask(self, visit: _Visit, url: str, why: _Why, *, fresh: bool = False) -> None:
        """Ask for an address; `fresh`: the whole of it, whatever we have."""
        visit.outstanding += 1
        visit.asked.add(url)
        known = None if fresh else self._cursors.get((visit.source.id, url))
        # the format of a feed is not that of the pages which fill its gaps
        in_feed = visit.source.kind == "feed" and why.purpose == "page"
        source = replace(visit.source, format="page") if in_feed else visit.source
        self._fetching.ask(Ask(source, url, why, known))

    # -- answers

    def _handle(self, batch: Sequence[tuple[Ask[_Why], Answer]]) -> None:
        by: dict[str, list[tuple[Ask[_Why], Answer]]] = {}
        for ask, answer in batch:
            by.setdefault(ask.why.purpose, []).append((ask, answer))
        for ask, answer in (*by.get("feed", ()), *by.get("list", ())):
            if not ask.why.depth:
                self._answered(ask.why.visit, answer)
        self._feeds(by.get("feed", []))
        self._pages(by.get("page", []))
        self._teasers(by.get("teaser", []))
        for ask, answer in by.get("list", ()):
            self._list(ask, answer)
        for ask, answer in by.get("gap", ()):
            self._fill(ask, answer)
        for ask, _ in batch:
            ask.why.visit.outstanding -= 1
        visits = {ask.why.visit.source.id: ask.why.visit for ask, _ in batch}
        self._through([visit for visit in visits.values() if not visit.outstanding])

    def _answered(self, visit: _Visit, answer: Answer) -> None:
        """What the answer of a source's own address says of the source."""
        if isinstance(answer, FetchError):
            visit.error = answer
            return
        visit.unchanged = isinstance(answer, Unchanged)
        visit.answer = answer
        if isinstance(answer, Capture):
            before = self._standings.get(visit.source.id)
            visit.answer = replace(answer, body=b"")
            visit.unchanged = bool(before and before.listing == answer.sha256)
            visit.hint, visit.period = _hints(visit.source, answer)

    def _feeds(self, answered: Sequence[tuple[Ask[_Why], Answer]]) -> None:
        if not answered:
            return
        teasers: list[Teaser] = []
        group = [(ask.source, answer) for ask, answer in answered]
        for came, more in self._run.take(group, follow=True, last=self._own(answered)):
            self._all_came(came)
            teasers += more
        if not teasers:
            return
        came, wanted = self._run.settle(teasers)
        self._all_came(came)
        for teaser in wanted:
            visit = self._visits[teaser.source.id]
            why = _Why(visit, "teaser", teaser=teaser)
            self._ask(visit, teaser.item.url or "", why, fresh=True)

    def _own(self, answered: Sequence[tuple[Ask[_Why], Answer]]) -> dict[str, Listing]:
        """By source, what it listed before, unless it has listed something else for long."""
        known = [
            (ask.source.id, before.listing)
            for ask, answer in answered
            if isinstance(answer, Capture)
            and (before := self._standings.get(ask.source.id))
            and before.listing
            and before.strange < BELIEVED - 1
        ]
        held = self._run.warehouse.last_listings(known)
        return {source: listing for (source, _), listing in held.items()}

    def _teasers(self, answered: Sequence[tuple[Ask[_Why], Answer]]) -> None:
        pairs = [
            (ask.why.teaser, "unchanged" if isinstance(answer, Unchanged) else answer)
            for ask, answer in answered
            if ask.why.teaser
        ]
        if pairs:
            for came in self._run.follow(pairs):
                self._all_came(came)

    def _pages(self, answered: Sequence[tuple[Ask[_Why], Answer]]) -> None:
        for ask, answer in answered:
            failed = isinstance(answer, FetchError)
            if hole := ask.why.visit.gap:
                hole.filled += not failed
                hole.failed += failed
            if ask.why.listing and not failed:
                self._run.release(ask.source, ask.why.listing)
        if answered:
            for came, _ in self._run.take([(ask.source, answer) for ask, answer in answered]):
                self._all_came(came)

    def _list(self, ask: Ask[_Why], answer: Answer) -> None:
        """A list of pages or a sitemap: its addresses are asked for."""
        visit = ask.why.visit
        if not isinstance(answer, Capture):
            for came, _ in self._run.take([(ask.source, answer)]):
                self._all_came(came)
            return
        try:
            if ask.source.kind == "pages":
                children, links = 0, addresses(ask.url, answer)
                visit.named, room = len(links), len(links)
            else:
                sitemap = _sitemap(ask, answer)
                children, links = self._open_children(ask, sitemap), self._unread(ask, sitemap)
                visit.named += len(sitemap.entries)
                room = max(0, PAGES_A_POLL - len(visit.asked))
        except Rejected as no:
            if not ask.why.depth:
                visit.error = Soft(ask.url, f"{no.code}: {no.detail}", answer.status)
            self._run.turn_away(ask.source, answer, no)
            return
        links = [url for url in links if url not in visit.asked]
        visit.more = visit.more or len(links) > room
        # Pages that fail or find no room stay outstanding, so that the list comes whole again; an
        # index does so always, as it need not change for a sitemap under it to change.
        self._run.hold(ask.source, answer, len(links) + children)
        for url in links[:room]:
            self._ask(visit, url, _Why(visit, "page", answer))

    def _unread(self, ask: Ask[_Why], sitemap: Sitemap) -> list[str]:
        """The pages that never came or have changed since, the latest first."""
        newest = sorted(
            sitemap.entries, key=lambda e: _stamp(e.published or e.lastmod), reverse=True
        )
        known = self._run.warehouse.known_locators([(ask.source.id, e.loc) for e in newest])
        wanted = []
        for entry in newest:
            had, failed = known.get((ask.source.id, entry.loc), (None, 0))
            changed = had is None or (entry.lastmod is not None and entry.lastmod > had)
            if changed and failed < TRIES:
                wanted.append(entry.loc)
        return wanted

    def _open_children(self, ask: Ask[_Why], sitemap: Sitemap) -> int:
        """Ask for the sitemaps of an index; how many it has."""
        visit, why = ask.why.visit, ask.why
        if why.depth < 2:  # an index of indexes is as deep as the web goes
            latest = sorted(sitemap.children, key=lambda c: _stamp(c[1]), reverse=True)
            for url, _ in latest[:CHILDREN]:
                if url not in visit.asked:
                    below = _Why(visit, why.purpose, depth=why.depth + 1)
                    self._ask(visit, url, below, fresh=why.purpose == "gap")
        return len(sitemap.children)

    # -- gaps

    def _fill(self, ask: Ask[_Why], answer: Answer) -> None:
        """A sitemap, asked for what a gap lost: the pages of that time that we have not."""
        visit = ask.why.visit
        hole = visit.gap
        assert hole is not None  # noqa: S101 - only a visit with a gap asks for this
        if not isinstance(answer, Capture):
            hole.detail = str(answer)
            return
        try:
            sitemap = _sitemap(ask, answer)
        except Rejected as no:
            hole.detail = f"{no.code}: {no.detail}"
            self._run.turn_away(ask.source, answer, no)
            return
        self._run.hold(ask.source, answer, 1)  # never through: the next gap wants it whole
        self._open_children(ask, sitemap)
        times = [(e.loc, e.published or e.lastmod) for e in sitemap.entries]
        window = [loc for loc, t in times if t and hole.since - BEFORE <= t <= hole.until]
        here = [(ask.source.id, loc) for loc in dict.fromkeys(window) if loc not in visit.asked]
        known = self._run.warehouse.known_locators(here)
        had = {loc for (_, loc), (came, _) in known.items() if came}
        had |= self._run.warehouse.known_links(here)
        hole.listed += len(here)
        missing = [
            loc for _, loc in here if loc not in had and canonical_link(loc) not in hole.links
        ]
        room = max(0, PAGES_A_POLL - len(visit.asked))
        if len(missing) > room:
            hole.detail = f"more than {PAGES_A_POLL} pages are missing"
        for loc in missing[:room]:
            self._ask(visit, loc, _Why(visit, "page"), fresh=True)

    # -- the end of a poll

    def _through(self, visits: Sequence[_Visit]) -> None:
        """Nothing more is asked for these: is there a gap, and where would its stories be?"""
        held = self._listings([visit for visit in visits if visit.poll is None])
        for visit in visits:
            if visit.poll is None:
                before = self._standings.get(visit.source.id)
                visit.poll = self._as_poll(visit, before, held)
                if before and gap(visit.poll):
                    now = held[visit.source.id, visit.listing or ""]
                    links = frozenset(map(canonical_link, now.links))
                    visit.gap = _Gap(before.seen_at or before.polled_at, visit.at, links)
                    if visit.source.sitemap:
                        self._ask(visit, visit.source.sitemap, _Why(visit, "gap"), fresh=True)
                        continue
            self._ended.append(visit)

    def _listings(self, visits: Sequence[_Visit]) -> Held:
        """What feeds list now and listed before, where that differs."""
        wanted: list[tuple[str, str]] = []
        for visit in visits:
            source, before = visit.source, self._standings.get(visit.source.id)
            changed = visit.listing and not visit.unchanged and source.kind == "feed"
            if changed and before and before.listing:
                wanted += [(source.id, visit.listing or ""), (source.id, before.listing)]
        return self._run.warehouse.last_listings(wanted)

    def _as_poll(self, visit: _Visit, before: Standing | None, held: Held) -> Poll:
        source, ledger, error = visit.source, visit.ledger, visit.error
        new = ledger.new_stories + ledger.new_versions
        lists = source.kind in {"sitemap", "pages"}
        if no := self._run.turned_away.get((source.id, visit.listing or "")):
            strange = no.code == "another_site"
            error = Soft(visit.url, ANOTHER_SITE if strange else f"{no.code}: {no.detail}")
        common = None
        now = held.get((source.id, visit.listing or ""))
        last = held.get((source.id, (before.listing if before else None) or ""))
        if now and last and not error:
            common = shared(now.stories, last.stories)
        return Poll(
            *(source, visit.at, visit.url, visit.named if lists else ledger.listed),
            new=new,
            shared=common,
            unchanged=not new and (lists or visit.unchanged),
            error=error,
            hint=visit.hint,
            period=visit.period,
            listing=None if error else visit.listing,
            more=visit.more,
        )

    def _end(self) -> None:
        """Note the polls that are through, after all that they brought."""
        if not self._ended:
            return
        self._all_came(self._run.finish())
        notes: dict[str, list[tuple[Any, ...]]] = {"polls": [], "gaps": [], "redirects": []}
        for visit in self._ended:
            before, poll = self._standings.get(visit.source.id), visit.poll
            assert poll is not None  # noqa: S101 - made when the visit was through
            standing = after(poll, before, self._wait(poll, before))
            self._standings[visit.source.id] = standing
            _tell(visit, poll, standing)
            notes["polls"].append(
                (
                    *(visit.source.id, self._run.id, visit.at, visit.url, standing.outcome),
                    *(poll.listed, poll.new, poll.shared, visit.gap is not None),
                    *(standing.failures, standing.interval, standing.next_at, standing.listing),
                    poll.error.reason if poll.error else None,
                )
            )
            if hole := visit.gap:
                failed = f"{hole.failed} pages did not come" if hole.failed else None
                notes["gaps"].append(
                    (
                        *(visit.source.id, self._run.id, hole.since, hole.until),
                        *(visit.source.sitemap, hole.listed, hole.filled, hole.detail or failed),
                    )
                )
            if poll.error is None and visit.answer:
                notes["redirects"] += self._moved(visit, visit.answer)
        self._run.warehouse.note(notes)
        self._ended = []

    def _moved(self, visit: _Visit, answer: Capture | Unchanged) -> Iterator[tuple[Any, ...]]:
        """Where the address has moved for good, if that is news.  Only what could be used counts:
        a feed that was shut is often sent to the front page for ever."""
        target = None
        for hop in answer.redirects:
            if not hop.permanent:
                break
            target = hop.target
        moves = self._moves.setdefault(visit.source.id, {})
        if moved := noted(moves, visit.url, target, visit.at):
            moves[visit.url] = moved
            yield visit.source.id, visit.url, target, self._run.id, visit.at

    def _wait(self, poll: Poll, before: Standing | None) -> timedelta:
        if poll.error is None:
            return timedelta()
        failures = (before.failures if before else 0) + 1
        asked = poll.error.wait if isinstance(poll.error, Temporary) else None
        return backoff(kind(poll.error), failures, asked, self._chance())

    # -- what came

    def _all_came(self, came: Came) -> None:
        for source, ledger in came.items():
            if visit := self._visits.get(source):
                self._brought(visit, ledger)

    def _brought(self, visit: _Visit, ledger: Ledger) -> None:
        visit.ledger += ledger
        if self._show:
            self._show(ledger)


def _tell(visit: _Visit, poll: Poll, standing: Standing) -> None:
    """How a poll went; a source that is gone and stories that may be lost are for people."""
    source, retired = visit.source.id, standing.next_at is None
    log.log(
        logging.WARNING if retired else logging.INFO,
        "retired" if retired else "polled",
        extra=facts(
            source=source,
            url=visit.url,
            outcome=standing.outcome,
            status=poll.error.status if poll.error else None,
            listed=poll.listed,
            new=poll.new,
            rejected=visit.ledger.rejected,
            failures=standing.failures,
            next_at=standing.next_at,
        ),
    )
    if hole := visit.gap:
        told = facts(
            source=source,
            since=hole.since,
            until=hole.until,
            listed=hole.listed,
            filled=hole.filled,
        )
        lost = hole.detail or hole.failed or not visit.source.sitemap
        log.log(logging.WARNING if lost else logging.INFO, "gap", extra=told)


def addresses(base: str, answer: Capture) -> list[str]:
    """The addresses of a list, one a line, `#` before what is none.

    Raises Rejected: `not_a_list` where most lines are something else, as those of a page are.
    """
    lines = [line.strip() for line in answer.body.decode("utf-8", "replace").splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    found = [url for line in named if (url := _joined(base, line))]
    if len(found) * 2 <= len(named) or not named:
        raise Rejected("not_a_list", f"no list of addresses: {answer.body[:60]!r}")
    return list(dict.fromkeys(found))


def _joined(base: str, line: str) -> str | None:
    return None if re.search(r"[\s<>{}]", line) else web_link(base, line)


def _sitemap(ask: Ask[_Why], answer: Capture) -> Sitemap:
    return read_sitemap(answer.body, answer.charset, base=ask.url, tz=ask.source.tz)


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
