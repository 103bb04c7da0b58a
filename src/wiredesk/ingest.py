"""Captures to the warehouse: land, read, decide, load; and the report of what came of it.

Small captures go in groups, large ones in parts; each group or run of parts is one transaction.
A payload counts as loaded, and its cursor is saved, only in the transaction that loads the last of
what it lists: its last part, or the last page that its entries were followed to.  So a run that is
killed anywhere is finished by the next one, and what was loaded before is found to be there.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from types import MappingProxyType
from typing import Any

from wiredesk import formats
from wiredesk.batch import Reject
from wiredesk.errors import FetchError, Rejected, Temporary, UserError
from wiredesk.fetch.archive import Archive
from wiredesk.intake import Done, Followed, Job, Teaser, work
from wiredesk.match.identity import hash64
from wiredesk.match.listing import Listing
from wiredesk.model import Address, Capture, Source, Unchanged
from wiredesk.parallel import Workers
from wiredesk.quarantine import one_by_one
from wiredesk.rows import Rows
from wiredesk.warehouse import Entry, Ledger, Load, Payload, Warehouse, reject_row

Arrived = Capture | Unchanged | Reject | FetchError
Progress = Callable[[Ledger], None]
Came = dict[str, Ledger]  #: by source, what one transaction brought

GROUP_BYTES = 64 << 20  # at the end of a group the readers wait for its last load
GROUP_CAPTURES = 500
#: Stories of a transaction, and bytes of their rows.  Each asks the whole warehouse what it knows:
#: into 100,000 stories 2,000 at a time took 358 µs a story of the loader's time, 8,000 took 206.
#: A kill throws at most this many away.
TRANSACTION = 8000
TRANSACTION_BYTES = 64 << 20
TRIES = 3  #: how often an entry's page is asked for before the entry stands without it
NONE: Mapping[str, Listing] = MappingProxyType({})


def now() -> datetime:
    """The clock of the shell; the core is given its time."""
    return datetime.now(UTC)


def new_run_id(at: datetime) -> str:
    """Sorts by time; two runs of one second differ."""
    return f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


@dataclass(slots=True)
class _Open:
    """A payload of which not all is loaded yet."""

    again: int = 0  #: how often more it came
    items: int = 0
    rejects: int = 0
    outstanding: int = 0  #: pages that its entries are being followed to
    unread: bool = True  #: parts of it are still with the readers
    sent: bool = False  #: by a server, which may send another thing next time
    missed: bool = False  #: a page did not come for now: the next poll reads it once more
    cursors: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """One run over one or more sources: where it writes, and with what."""

    id: str
    warehouse: Warehouse
    archive: Archive | None
    workers: Workers
    #: by source and sha256, why nothing of a payload of this run could be used
    turned_away: dict[tuple[str, str], Reject] = field(default_factory=dict)
    _open: dict[tuple[str, str], _Open] = field(default_factory=dict)
    _log: _Log = field(init=False)

    def __post_init__(self) -> None:
        self._log = _Log(self.id)

    def ingest(
        self, source: Source, arrived: Iterable[Arrived], progress: Progress | None = None
    ) -> Ledger:
        """Take in all that arrived from a source."""
        total = Ledger()
        with self.warehouse.frugal():
            for group in _groups(arrived):
                for came, _ in self.take([(source, a) for a in group]):
                    ledger = came.get(source.id, Ledger())
                    total += ledger
                    if progress:
                        progress(ledger)
        return total

    def take(
        self,
        group: Sequence[tuple[Source, Arrived]],
        *,
        follow: bool = False,
        last: Mapping[str, Listing] = NONE,
    ) -> Iterator[tuple[Came, list[Teaser]]]:
        """Land, read and load what arrived: for each transaction what it brought, and with
        `follow` the entries that are still to be followed to their pages.

        `last` is what a source listed before, by id, where what comes is to be compared with it.
        """
        captures = [a for _, a in group if isinstance(a, Capture)]
        payloads = self.warehouse.known_captures(captures) if captures else {}
        unread: list[tuple[Source, Capture]] = []
        for source, a in group:
            if isinstance(a, Capture):
                fresh = self._opened(source, a, payloads.get((source.id, a.sha256)))
                unread += [(source, fresh)] if fresh else []
            else:
                self._log.note(source, a)
        self._land((s, c) for s, c in unread if (c.source, c.sha256) not in payloads)
        jobs = (
            Job(source, part, follow, last.get(source.id))
            for source, c in unread
            for part in formats.parts(c, source)
        )
        yield from self._load_all(jobs, [(c.source, c.sha256) for _, c in unread])

    def follow(self, pairs: Sequence[tuple[Teaser, Capture | FetchError | str]]) -> Iterator[Came]:
        """Load teasers with the pages that came for them, or with why none did."""
        pages = {(c.source, c.sha256): (t.source, c) for t, c in pairs if isinstance(c, Capture)}
        known = self.warehouse.known_captures(c for _, c in pages.values()) if pages else {}
        self._land(page for key, page in pages.items() if key not in known)
        at = now()
        feeds: dict[tuple[str, str], list[tuple[Teaser, Capture | str]]] = {}
        for teaser, came in pairs:
            of = feeds.setdefault((teaser.source.id, teaser.capture.sha256), [])
            if isinstance(came, FetchError):
                self._log.fetched(teaser.source, came.url, at, "failed", came.status, came.reason)
                of.append((teaser, came.reason))
                if isinstance(came, Temporary):
                    self._open[teaser.source.id, teaser.capture.sha256].missed = True
                continue
            if isinstance(came, Capture):
                self._log.fetched(
                    *(teaser.source, came.locator, came.fetched_at, "new", came.status),
                    sha256=came.sha256,
                )
            of.append((teaser, came))
        for (source, sha), some in feeds.items():
            self._open[source, sha].outstanding -= len(some)
        # one that landed before, in a run that was killed, is not loaded yet
        fresh = [key for key in pages if key not in known or known[key].items is None]
        self._log.loaded += [(sha, source, 0, 0, at) for source, sha in fresh]
        jobs = (
            Followed(some[0][0].source, some[0][0].capture, tuple(some)) for some in feeds.values()
        )
        for loaded, _ in self._load_all(jobs, []):
            yield loaded

    def settle(self, teasers: Sequence[Teaser]) -> tuple[Came, list[Teaser]]:
        """Load sightings of entries that were followed before; the others, with those that have
        been tried often enough first."""
        known = self.warehouse.known_entries([t.key for t in teasers])
        asked = self.warehouse.known_locators([(t.source.id, t.item.url or "") for t in teasers])
        wanted: list[Teaser] = []
        for t in teasers:
            entry = known.get(t.key)
            if entry and entry.page_sha256:
                self._log.sightings.append(_sighting(t, entry))
                opened = self._open[t.source.id, t.capture.sha256]
                opened.outstanding -= 1
                opened.items += 1
            else:
                wanted.append(t)
        given_up = [
            t
            for t in wanted
            if t.key in known and asked.get((t.source.id, t.item.url or ""), (None, 0))[1] >= TRIES
        ]
        came: Came = {}
        for part in self.follow([(t, f"tried {TRIES} times") for t in given_up]):
            _merge(came, part)
        if not given_up:
            _merge(came, self.warehouse.load(self._log.last([], self._finished())))
        keys = {t.key for t in given_up}
        return came, [t for t in wanted if t.key not in keys]

    def hold(self, source: Source, listing: Capture, pages: int) -> None:
        """Land a list of addresses, whose cursor is saved once its `pages` have been taken in."""
        known = self.warehouse.known_captures([listing])
        fresh = self._opened(source, listing, known.get((source.id, listing.sha256)))
        if fresh:
            if not known:
                self._land([(source, fresh)])
            opened = self._open[source.id, listing.sha256]
            opened.unread, opened.outstanding = False, pages

    def turn_away(self, source: Source, capture: Capture, no: Rejected) -> None:
        """Land a payload that is not what the source should send, and say why."""
        if not self.warehouse.known_captures([capture]):
            self._land([(source, capture)])
        at = capture.fetched_at
        self._log.fetched(source, capture.locator, at, "failed", capture.status, no.detail)
        reject = Reject("parse", capture.locator, no.code, no.detail, no.where)
        self._log.rejects.append(reject_row(self.id, source.id, capture.sha256, reject, now()))

    def release(self, source: Source, listing: Capture) -> None:
        """One page of a list has been taken in."""
        if opened := self._open.get((source.id, listing.sha256)):
            opened.outstanding -= 1

    def finish(self) -> Came:
        """Write what waits for no story: answers without news, lists that are through."""
        return self.warehouse.load(self._log.last([], self._finished()))

    def _opened(self, source: Source, c: Capture, had: Payload | None) -> Capture | None:
        """The capture, if it is yet to be read: as first fetched, where it landed before.

        What a server sent and nothing could be read in is read again whenever it comes: as long as
        a source sends an error page in place of its feed, it fails.
        """
        failed = bool(had and had.rejects and not had.items and c.status)
        before = had is not None and had.items is not None and not failed
        self._log.fetched(
            *(source, c.locator, c.fetched_at, "unchanged" if before else "new", c.status),
            sha256=c.sha256,
        )
        cursor = self._log.cursor(source, c)
        if had and before:
            self._log.seen_before[source.id] += (had.items or 0) + (had.rejects or 0)
            self._log.cursors += cursor
            return None
        key = (source.id, c.sha256)
        if key in self._open:
            self._open[key].again += 1
            self._open[key].cursors += cursor
            return None
        self._open[key] = _Open(sent=c.status is not None, cursors=cursor)
        return replace(c, fetched_at=had.fetched_at) if had else c

    def _land(self, arrived: Iterable[tuple[Source, Capture]]) -> None:
        """Into the archive, each with what its source says of how it is read, and noted."""
        pairs = list(arrived)
        sources, captures = [source for source, _ in pairs], [capture for _, capture in pairs]
        if not captures:
            return
        where: Sequence[Address | None] = [None] * len(captures)
        if self.archive:
            held = self.warehouse.archived(captures)
            try:
                where = self.archive.put([(c, held.get(c.sha256)) for c in captures], sources)
            except OSError as no:
                raise UserError(
                    f"the archive cannot be written: {no.strerror or no}; what was loaded stands: "
                    "make room, and run it again"
                ) from no
        self.warehouse.land(list(zip(captures, where, strict=True)))

    def _load_all(
        self, jobs: Iterable[Job | Followed], whole: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[Came, list[Teaser]]]:
        """Read jobs, and load whenever a transaction's worth is there; `whole` are the payloads
        that have been read when the jobs are done."""
        waiting: list[Rows] = []
        teasers: list[Teaser] = []
        stories = size = 0
        for done in self.workers.in_order(work, jobs, one_by_one):
            waiting.append(done.rows)
            teasers += done.teasers
            stories += len(done.rows.candidates)
            size += done.rows.size
            self._count(done)
            if stories >= TRANSACTION or size >= TRANSACTION_BYTES:
                yield self.warehouse.load(self._log.middle(waiting)), []
                waiting, stories, size = [], 0, 0
        for key in whole:
            self._open[key].unread = False
        yield self.warehouse.load(self._log.last(waiting, self._finished())), teasers

    def _count(self, done: Done) -> None:
        opened = self._open[done.source, done.sha256]
        opened.items += len(done.rows.candidates)
        opened.rejects += len(done.rows.rejects)
        opened.outstanding += len(done.teasers)
        if done.rows.rejects and not (opened.items or opened.outstanding):
            self.turned_away[done.source, done.sha256] = done.rows.rejects[0]
        else:
            self.turned_away.pop((done.source, done.sha256), None)
        self._log.reject(done)

    def _finished(self) -> dict[tuple[str, str], _Open]:
        through = {key: o for key, o in self._open.items() if not o.unread and o.outstanding <= 0}
        for key in through:
            del self._open[key]
        return through


class _Log:
    """What the next load writes beside its stories."""

    def __init__(self, run_id: str) -> None:
        self.run_id = run_id
        self._empty()

    def _empty(self) -> None:
        self.rejects: list[tuple[Any, ...]] = []
        self.fetches: list[tuple[Any, ...]] = []
        self.cursors: list[tuple[Any, ...]] = []
        self.sightings: list[tuple[Any, ...]] = []
        self.loaded: list[tuple[Any, ...]] = []
        self.seen_before: Counter[str] = Counter()

    def note(self, source: Source, arrived: Unchanged | Reject | FetchError) -> None:
        """How an address answered that brought no payload."""
        at = now()
        if isinstance(arrived, Reject):
            self.rejects.append(reject_row(self.run_id, source.id, None, arrived, at))
            if not arrived.dropped:  # what is no story came all the same
                self.fetched(source, arrived.locator, at, "failed", None, arrived.detail)
        elif isinstance(arrived, FetchError):
            no = Reject("fetch", arrived.url, type(arrived).__name__.lower(), arrived.reason)
            self.rejects.append(reject_row(self.run_id, source.id, None, no, at))
            self.fetched(source, arrived.url, at, "failed", arrived.status, arrived.reason)
        else:
            self.fetched(source, arrived.locator, arrived.at, "unchanged", arrived.status)

    def fetched(
        self,
        source: Source,
        locator: str,
        at: datetime,
        outcome: str,
        status: int | None,
        error: str | None = None,
        sha256: str | None = None,
    ) -> None:
        """A row of ops.fetches."""
        self.fetches.append((self.run_id, source.id, locator, at, outcome, status, sha256, error))

    def cursor(self, source: Source, c: Capture) -> list[tuple[Any, ...]]:
        """What the next poll of this address should send, if the server gave anything to send."""
        if not (c.etag or c.last_modified):
            return []
        return [(source.id, c.locator, c.etag, c.last_modified, self.run_id, now())]

    def reject(self, done: Done) -> None:
        at = now()
        self.rejects.extend(
            reject_row(self.run_id, done.source, done.sha256, no, at) for no in done.rows.rejects
        )

    def middle(self, waiting: Sequence[Rows]) -> Load:
        """A load that does not end its captures: no cursor may be saved with it."""
        rejects, self.rejects = self.rejects, []
        return Load(self.run_id, now(), waiting, rejects=rejects)

    def last(self, waiting: Sequence[Rows], through: dict[tuple[str, str], _Open]) -> Load:
        """The load that ends the payloads `through`: they are whole, their cursors count."""
        at = now()
        for (source, sha), o in through.items():
            self.seen_before[source] += o.again * (o.items + o.rejects)
            # neither for an error page, which a 304 must not vouch for, nor where a page is missing
            if not o.missed and (o.items or not o.rejects or not o.sent):
                self.loaded.append((sha, source, o.items, o.rejects, at))
                self.cursors += o.cursors
        load = Load(
            *(self.run_id, at, waiting, self.sightings, self.rejects, self.loaded),
            *(self.fetches, self.cursors, self.seen_before),
        )
        self._empty()
        return load


def _sighting(t: Teaser, entry: Entry) -> tuple[Any, ...]:
    item = t.item
    scheme, name, who = entry.identity
    return (
        hash64(t.source.id, t.capture.sha256, item.ordinal),
        *(t.capture.sha256, t.source.id, item.ordinal, item.format, item.id),
        *(scheme, name, who, t.key, entry.page_sha256, entry.story_id, entry.version_id),
    )


def _merge(total: Came, more: Came) -> None:
    for source, ledger in more.items():
        total[source] = total.get(source, Ledger()) + ledger


def _groups(arrived: Iterable[Arrived]) -> Iterator[list[Arrived]]:
    """Runs of captures that fit one transaction together."""
    waiting = iter(arrived)
    while group := list(islice(_until_full(waiting), GROUP_CAPTURES)):
        yield group


def _until_full(arrived: Iterator[Arrived]) -> Iterator[Arrived]:
    size = 0
    for a in arrived:
        yield a
        size += len(a.body) if isinstance(a, Capture) else 0
        if size >= GROUP_BYTES:
            return
