"""A feed's archive, page by page, each older than the one before; and pages of a plan.

A page of an archive is a partition.  Loading it adds the next, until all of one lies before the
window; so a kill costs one page, and nothing is asked for twice.  A page that was fetched and lies
outside the window leaves no trace, so that no poll believes it has been taken in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from wiredesk import formats
from wiredesk.backfills.asking import Asker
from wiredesk.backfills.door import Door
from wiredesk.backfills.manifest import Kind, Partition, Window
from wiredesk.backfills.older import older
from wiredesk.backfills.reading import Arrived, Reading, gathered, read
from wiredesk.errors import FetchError, Temporary
from wiredesk.intake import Done, Followed, Job, Teaser, work
from wiredesk.match.identity import hash64
from wiredesk.model import Capture, Source
from wiredesk.parallel import Workers
from wiredesk.quarantine import one_by_one
from wiredesk.rows import DAY

FIRST_ADDED = 1 << 30  #: numbers of partitions that are found on the way: behind those of any plan


class Fetched:
    """The readings of a backfill whose copy is on the web."""

    def __init__(
        self, door: Door, asker: Asker, source: Source, window: Window, crew: Workers
    ) -> None:
        self._door, self._asker, self._crew = door, asker, crew
        self._source, self._window = source, window

    def readings(self, every: Sequence[tuple[Partition, bool]]) -> Iterator[Reading]:
        """Read what is not loaded of a backfill, and what that leads to."""
        known = {p.seq for p, _ in every}
        left = (p for p, loaded in every if not loaded)
        # what a feed's archive has needs no sitemap
        waiting = deque(sorted(left, key=lambda p: p.kind != "feed"))
        while waiting:
            partition = waiting.popleft()
            feed = partition.kind == "feed"
            reading = self._feed(partition) if feed else self._pages(partition)
            further = tuple(p for p in reading.further if p.seq not in known)
            known |= {p.seq for p in further}
            waiting.extendleft(further)
            yield replace(reading, further=further)

    def _pages(self, partition: Partition) -> Reading:
        source, urls = self._source, list(partition.places)
        if source.kind == "feed":  # its archive may have brought them by now
            asked = [(source.id, url) for url in urls]
            held = self._door.look(lambda warehouse: warehouse.known_links(asked)) or set()
            urls = [url for url in urls if url not in held]
        came = list(self._asker.all(self._door, source, urls))
        errors = [c for _, c in came if isinstance(c, FetchError)]
        pages = {c.sha256: c for _, c in came if isinstance(c, Capture)}
        arrived = Arrived(
            partition,
            tuple(pages.values()),
            again=_again([c.sha256 for _, c in came if isinstance(c, Capture)]),
            failed=tuple(no for no in errors if not isinstance(no, Temporary)),
            missed=tuple(no for no in errors if isinstance(no, Temporary)),
        )
        later = tuple(url for url, c in came if isinstance(c, Temporary))
        reading = read(arrived, source, self._window, self._crew)
        return replace(reading, left=(_left(partition, later),) if later else ())

    def _feed(self, partition: Partition) -> Reading:
        answer = self._asker.one(self._door, self._source, partition.places[0])
        if isinstance(answer, Temporary):
            arrived = Arrived(partition, missed=(answer,))
            return Reading(arrived, left=(_left(partition, partition.places),))
        if isinstance(answer, FetchError):
            return Reading(Arrived(partition, failed=(answer,)))
        parts = formats.parts(answer, self._source)
        jobs = [Job(self._source, part, follow=True) for part in parts]
        done = list(self._crew.in_order(work, jobs, one_by_one))
        teasers = [teaser for each in done for teaser in each.teasers]
        inside = [teaser for teaser in teasers if self._window.has(_own(teaser))]
        followed, arrived = self._follow(partition, answer, inside)
        reading = gathered(arrived, [*done, *followed], self._window)
        outside = len(teasers) - len(inside)
        times = [_own(teaser) for teaser in teasers]
        for each in done:
            times += [None if c.at == answer.fetched_at else c.at for c in each.rows.candidates]
        later = bool(arrived.missed)
        return replace(
            reading,
            dropped=reading.dropped + outside,
            # what is not all of a page's entries is not the page
            whole=() if outside or later else reading.whole,
            further=self._next(answer, times),
            left=(_left(partition, partition.places),) if later else (),
        )

    def _follow(
        self, partition: Partition, answer: Capture, teasers: Sequence[Teaser]
    ) -> tuple[list[Done], Arrived]:
        """The entries of a page whose copy stands on pages of their own."""
        keys = [teaser.key for teaser in teasers]
        met = self._door.look(lambda warehouse: warehouse.known_entries(keys)) or {}
        wanted = [t for t in teasers if not ((had := met.get(t.key)) and had.page_sha256)]
        urls = list(dict.fromkeys(t.item.url or "" for t in wanted))
        came = dict(self._asker.all(self._door, self._source, urls))
        pairs: list[tuple[Teaser, Capture | str]] = []
        for teaser in wanted:
            page = came[teaser.item.url or ""]
            if isinstance(page, Capture):
                pairs.append((teaser, page))
            elif not isinstance(page, Temporary):
                pairs.append((teaser, page.reason))
        pages = {c.sha256: c for c in came.values() if isinstance(c, Capture)}
        arrived = Arrived(
            partition,
            (answer,),
            missed=tuple(c for c in came.values() if isinstance(c, FetchError)),
            followed=tuple(pages.values()),
            known=len(teasers) - len(wanted),
        )
        jobs = [Followed(self._source, pairs[0][0].capture, tuple(pairs))] if pairs else []
        return list(self._crew.in_order(work, jobs, one_by_one)), arrived

    def _next(self, answer: Capture, times: Sequence[datetime | None]) -> tuple[Partition, ...]:
        """The next older page, unless this one has no entries or lies before the window."""
        said = [at for at in times if at]
        before = bool(said) and all(at < self._window.start for at in said)
        url = None if before or not times else older(answer)
        return (_added("feed", (url,)),) if url else ()


def _own(teaser: Teaser) -> datetime | None:
    """An entry's own time; one that lies ahead is a fault and tells nothing."""
    latest = teaser.capture.fetched_at + DAY
    said = (teaser.item.updated, teaser.item.published)
    return next((at for at in said if at and at <= latest), None)


def _again(came: Sequence[str]) -> tuple[str, ...]:
    """What came more than once, once for each further time."""
    return tuple(sha for n, sha in enumerate(came) if sha in came[:n])


def _added(kind: Kind, places: tuple[str, ...], *salt: str) -> Partition:
    """A partition that is found on the way; found by two, it has the same number."""
    seq = FIRST_ADDED + hash64(kind, *places, *salt) % FIRST_ADDED
    stories = 0 if kind == "feed" else len(places)
    return Partition(kind, places, stories=stories, seq=seq)


def _left(partition: Partition, places: tuple[str, ...]) -> Partition:
    """What did not come for now: for another run."""
    return _added(partition.kind, places, str(partition.seq))
