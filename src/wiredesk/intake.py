"""In a worker: a part of a capture, or the pages that its entries were followed to, to rows.

A feed entry without its whole copy comes back as a teaser where it is to be followed; the shell
fetches its page, and both come here again as one job.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wiredesk import formats, places
from wiredesk.batch import Batch, Reject
from wiredesk.errors import Rejected
from wiredesk.formats import Part, page
from wiredesk.formats.followed import merged, unfollowed
from wiredesk.formats.whole import whole
from wiredesk.match.identity import hash64, identity
from wiredesk.match.listing import ANOTHER_SITE, Listing, elsewhere
from wiredesk.model import Capture, Item, Source
from wiredesk.rows import Rows, rows
from wiredesk.stages import read_items


@dataclass(frozen=True, slots=True)
class Teaser:
    """An entry that points to its copy: what the feed says, and where it was seen."""

    source: Source
    capture: Capture  #: of the feed, without its body
    item: Item
    key: int  #: hash of all that the feed says of it


@dataclass(frozen=True, slots=True)
class Job:
    """One part of a capture to be read; `follow`: leave teasers to be followed.

    With `last` it is turned away if it is another site's than that listing was.
    """

    source: Source
    part: Part
    follow: bool = False
    last: Listing | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """Teasers of one feed payload with their pages, or with why there is none."""

    source: Source
    capture: Capture
    pairs: tuple[tuple[Teaser, Capture | str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job."""

    source: str
    sha256: str
    rows: Rows
    teasers: tuple[Teaser, ...] = ()


def work(job: Job | Followed) -> Done:
    """Read a job, in whatever process."""
    return follow_up(job) if isinstance(job, Followed) else _read(job)


def _read(job: Job) -> Done:
    items, teasers = sifted(job, formats.parse(job.part, job.source))
    return taken(job, items, teasers)


def taken(job: Job, items: Batch[Item], teasers: tuple[Teaser, ...] = ()) -> Done:
    """Items of a job, read."""
    capture = job.part.capture
    batch = read_items(items, capture.locator, places.load())
    return Done(job.source.id, capture.sha256, rows(batch, capture, job.source.id), teasers)


def sifted(job: Job, items: Batch[Item]) -> tuple[Batch[Item], tuple[Teaser, ...]]:
    """The items to be read here, and the teasers to be followed first."""
    capture = job.part.capture
    teasers: tuple[Teaser, ...] = ()
    if job.last and (no := _strange(items, job.last, capture)):
        items = Batch(rejects=(no,))
    elif job.follow:
        parted = [(item, _to_follow(item, job.source)) for item in items.passed]
        if any(wanted for _, wanted in parted):
            bare = _without_body(capture)
            teasers = tuple(
                Teaser(job.source, bare, item, entry_key(item)) for item, wanted in parted if wanted
            )
            items = Batch(tuple(item for item, wanted in parted if not wanted), items.rejects)
    return items, teasers


def _strange(items: Batch[Item], last: Listing, capture: Capture) -> Reject | None:
    links = [item.url for item in items if item.url]
    there = elsewhere(links, (identity(item, item.body).identity_id for item in items), last)
    if there is None:
        return None
    return Reject("parse", capture.locator, "another_site", f"{ANOTHER_SITE}: that of {there}")


def _to_follow(item: Item, source: Source) -> bool:
    if source.follow == "never" or not (item.url or "").startswith(("http://", "https://")):
        return False
    return source.follow == "always" or not whole(item)


def entry_key(item: Item) -> int:
    """Hash of all that a feed says of an entry; while it is the same its page is not asked for."""
    times = [t.isoformat() if t else "" for t in (item.published, item.updated)]
    return hash64(
        *(item.source, item.id or "", item.url or "", item.title or "", item.byline or ""),
        *(item.body, *times),
    )


def follow_up(job: Followed) -> Done:
    """Entries with what came of their pages, read."""
    items: list[Item] = []
    entries: dict[int, tuple[int, str | None]] = {}
    for teaser, came in job.pairs:
        item, page_sha = _with_page(teaser, came)
        items.append(item)
        entries[item.ordinal] = (teaser.key, page_sha)
    # what a page says came with the page: a later try must not bear the time of the first
    times = [c.fetched_at for _, c in job.pairs if isinstance(c, Capture)]
    capture = replace(job.capture, fetched_at=max(times, default=job.capture.fetched_at))
    batch = read_items(Batch(tuple(items)), capture.locator, places.load())
    return Done(job.source.id, capture.sha256, rows(batch, capture, job.source.id, entries))


def _with_page(teaser: Teaser, came: Capture | str) -> tuple[Item, str | None]:
    if isinstance(came, str):
        return unfollowed(teaser.item, came), None
    try:
        found = next(_pages(came, teaser.source), None)
    except Rejected as no:
        return unfollowed(teaser.item, f"{no.code}: {no.detail}"), came.sha256
    if found is None:
        return unfollowed(teaser.item, "no story on the page"), came.sha256
    return merged(teaser.item, found), came.sha256


def _pages(capture: Capture, source: Source) -> Iterator[Item]:
    for found in page.parse(capture, source):
        if isinstance(found, Rejected):
            raise found
        yield found


def _without_body(capture: Capture) -> Capture:
    return Capture(
        *(capture.source, capture.locator, b"", capture.fetched_at, capture.sha256),
        media_type=capture.media_type,
        status=capture.status,
    )
