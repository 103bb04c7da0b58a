"""In a worker: the wanted stories of one part of a payload, read by today's rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wiredesk import formats, places
from wiredesk.batch import Batch, Reject
from wiredesk.formats import Part
from wiredesk.intake import Followed, Teaser, entry_key, work
from wiredesk.model import Capture, Item, Source
from wiredesk.replays.sighting import NOT_KEPT, Sighting
from wiredesk.rows import Rows, rows
from wiredesk.stages import read_items


@dataclass(frozen=True, slots=True)
class Again:
    """A part of a payload, the sightings in it that are wanted, and the pages some of them need."""

    source: Source
    part: Part
    wanted: tuple[Sighting, ...]
    pages: tuple[tuple[int, Capture], ...] = ()  #: by ordinal


@dataclass(frozen=True, slots=True)
class Unread:
    """A version that cannot be read again; it stays as it is."""

    version_id: int
    locator: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of it."""

    upto: Sighting  #: the last that was wanted
    wanted: tuple[Sighting, ...] = ()  #: those that were read
    rows: tuple[Rows, ...] = ()
    unread: tuple[Unread, ...] = ()


def reread(job: Again) -> Reread:
    """Read the wanted stories of a job, in whatever process."""
    items = formats.parse(job.part, job.source)
    found = {item.ordinal: item for item in items}
    followed = [s for s in job.wanted if s.followed and s.ordinal in found]
    plain = [found[s.ordinal] for s in job.wanted if s.ordinal in found and not s.followed]
    parts: list[Rows] = []
    if plain:
        batch = read_items(Batch(tuple(plain)), job.part.capture.locator, places.load())
        parts.append(rows(batch, job.part.capture, job.source.id))
    pages = dict(job.pages)
    parts += [_followed(job, s, found[s.ordinal], pages.get(s.ordinal)) for s in followed]
    had = {candidate.item_id for part in parts for candidate in part.candidates}
    refused = [*items.rejects, *(no for part in parts for no in part.rejects)]
    return Reread(
        job.wanted[-1],
        tuple(s for s in job.wanted if s.item_id in had),
        tuple(parts),
        tuple(_unread(s, job, refused) for s in job.wanted if s.item_id not in had),
    )


def _followed(job: Again, wanted: Sighting, item: Item, page: Capture | None) -> Rows:
    """The story of an entry and its page, which came when the version did."""
    bare = replace(job.part.capture, body=b"", fetched_at=wanted.received_at)
    teaser = Teaser(job.source, bare, item, entry_key(item))
    came = replace(page, fetched_at=wanted.received_at) if page else wanted.why or NOT_KEPT
    return work(Followed(job.source, bare, ((teaser, came),))).rows


def _unread(wanted: Sighting, job: Again, refused: list[Reject]) -> Unread:
    locator = job.part.capture.locator
    no = next((no for no in refused if no.stage != "parse" and no.ordinal == wanted.ordinal), None)
    no = no or next((no for no in refused if no.ordinal == wanted.ordinal - 1), None)
    code, detail = (no.code, no.detail) if no else ("no_items", "no story stands there now")
    return Unread(wanted.version_id, f"{locator} #{wanted.ordinal}", code, detail)


def given_up(job: Again) -> Iterator[Reread]:
    """What is made of a job that its worker came to grief over: its versions stay as they are."""
    yield Reread(
        job.wanted[-1],
        unread=tuple(
            Unread(s.version_id, job.part.capture.locator, "crash", "reading it ends its process")
            for s in job.wanted
        ),
    )
