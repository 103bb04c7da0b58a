"""A warehouse from its archive alone: every capture in the order it was put, taken in once more.

It is the same code that takes in what the web sends: feeds list, their entries are followed, pages
answer; only that the archive answers.  What its records say of their sources is believed; for
older records that say nothing a sources file may, and else what the payloads look like:

    came over HTTP and is a feed            its entries may be followed
    a page that such an entry waits for     that entry's copy
    a sitemap, a list of addresses          kept, never read as copy
    anything else                           copy

An entry whose page did not come a second time, being the same, has the page that came before.
What is in no archive is not rebuilt: polls, cursors, robots.txt, and why a page did not come.
Started again after a kill it finds what was loaded, and goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from typing import Literal

from wiredesk import formats
from wiredesk.batch import Reject
from wiredesk.errors import FetchError, Rejected
from wiredesk.fetch.archive import Archive, Archived
from wiredesk.formats.sitemap import read_sitemap
from wiredesk.incoming import LOCATORS
from wiredesk.ingest import GROUP_BYTES, GROUP_CAPTURES, Came, Run
from wiredesk.intake import Teaser
from wiredesk.match.listing import Listing
from wiredesk.model import Address, Capture, Source
from wiredesk.replays.sighting import NOT_KEPT
from wiredesk.warehouse import Ledger

#: payloads of another site in a row after which they are taken for the source's own, as in polling
BELIEVED = 3
#: feed: its entries may be followed; page: copy of such an entry; list: addresses; copy: all else
Kind = Literal["feed", "page", "list", "copy"]


class Reopened(Archive):
    """An archive that is read from one end to the other: what is put lies there already."""

    def __init__(self, root: Path, *, now: Callable[[], datetime]) -> None:
        super().__init__(root, now=now)
        #: by sha256, where the payloads lie that are being taken in
        self.lies: dict[str, Address] = {}

    def put(
        self,
        captures: Sequence[tuple[Capture, Address | None]],
        sources: Sequence[Source] = (),  # noqa: ARG002 - their records name them
    ) -> list[Address]:
        """Where these captures lie; they are those that were read last."""
        return [had or self.lies[capture.sha256] for capture, had in captures]


@dataclass(slots=True)
class Walked:
    """How far a walk through an archive has got."""

    bytes: int  #: of the archive
    read: int = 0
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def text(self) -> str:
        """What it brought so far, for people."""
        loaded = self.ledger.new_stories + self.ledger.new_versions
        return f"replay: {loaded:,} loaded, {self.ledger.rejected:,} rejected"


@dataclass(slots=True)
class Rebuild:
    """One walk through an archive, into the warehouse of `run`, whose archive it is."""

    run: Run
    archive: Reopened
    declared: Mapping[str, Source]  #: sources by id, as a sources file says them
    show: Callable[[Walked], None]
    lost: list[Reject] = field(default_factory=list)  #: what of the archive cannot be read
    _kind: Kind = "copy"  #: of the captures that wait in `_group` to be taken in together
    _group: list[tuple[Source, Capture]] = field(default_factory=list)
    #: by source and address of a page, the entries that it is the copy of
    _wanted: dict[tuple[str, str], list[Teaser]] = field(default_factory=dict)
    _listings: dict[str, str] = field(default_factory=dict)  #: by source, what it listed last
    _strange: Counter[str] = field(default_factory=Counter)
    _starts: dict[str, int] = field(default_factory=dict)  #: bytes before each file
    _walked: Walked = field(default_factory=lambda: Walked(0))

    def all(self) -> None:
        """Take in every capture of the archive."""
        sizes = self.archive.sizes()
        self._starts = dict(zip(sizes, accumulate(sizes.values(), initial=0), strict=False))
        self._walked = Walked(sum(sizes.values()))
        for found in self.archive.records():
            if isinstance(found, Reject):
                self.lost.append(found)
            else:
                self._take(found)
        self._flush()
        self._give_up(list(self._wanted))
        self._came(self.run.finish())

    def _take(self, found: Archived) -> None:
        capture, at = found.capture, found.address
        self._walked.read = max(self._walked.read, self._starts.get(at.file, 0) + at.offset)
        source = found.source or self.declared.get(capture.source) or _unknown(capture)
        is_feed = source.kind == "feed" and formats.guess(capture.body) == "feed"
        if self._kind == "feed" and not (is_feed and self._room(source)):
            self._flush()  # what its entries wait for must be known before the next is judged
        kind: Kind = "feed" if is_feed else self._kind_of(source, capture)
        if kind != self._kind or not self._room(None):
            self._flush()
        self._kind = kind
        self.archive.lies[capture.sha256] = at
        if kind == "copy" and source.kind == "feed":
            source = replace(source, format="page")  # its format is that of its feed
        self._group.append((source, capture))

    def _kind_of(self, source: Source, capture: Capture) -> Kind:
        if (source.id, capture.locator) in self._wanted:
            return "page"
        listed = source.kind == "pages" and capture.locator == source.url
        return "list" if listed or _is_sitemap(source, capture) else "copy"

    def _room(self, source: Source | None) -> bool:
        """Whether the group may have one more, of this source."""
        if source and any(other.id == source.id for other, _ in self._group):
            return False
        size = sum(len(capture.body) for _, capture in self._group)
        return size < GROUP_BYTES and len(self._group) < GROUP_CAPTURES

    def _flush(self) -> None:
        group, self._group = self._group, []
        if not group:
            return
        if self._kind == "feed":
            self._feeds(group)
        elif self._kind == "page":
            self._pages(group)
        elif self._kind == "list":
            for source, capture in group:
                # a sitemap is never through: its next poll looks for what is missing
                self.run.hold(source, capture, int(source.kind != "pages"))
        else:
            for came, _ in self.run.take(group):
                self._came(came)
        self.archive.lies.clear()

    def _feeds(self, group: Sequence[tuple[Source, Capture]]) -> None:
        here = {source.id for source, _ in group}
        self._give_up([key for key in self._wanted if key[0] in here])
        teasers: list[Teaser] = []
        for came, more in self.run.take(group, follow=True, last=self._own(here)):
            self._came(came)
            teasers += more
        for source, capture in group:
            no = self.run.turned_away.get((source.id, capture.sha256))
            if no is None:
                self._listings[source.id] = capture.sha256
                self._strange[source.id] = 0
            elif no.code == "another_site":
                self._strange[source.id] += 1
        if teasers:
            came, wanted = self.run.settle(teasers)
            self._came(came)
            for teaser in wanted:
                key = (teaser.source.id, teaser.item.url or "")
                self._wanted.setdefault(key, []).append(teaser)

    def _own(self, here: set[str]) -> dict[str, Listing]:
        """By source, what it listed before, unless it has listed something else for long."""
        known = [
            (source, self._listings[source])
            for source in here
            if source in self._listings and self._strange[source] < BELIEVED - 1
        ]
        held = self.run.warehouse.last_listings(known)
        return {source: listing for (source, _), listing in held.items()}

    def _pages(self, group: Sequence[tuple[Source, Capture]]) -> None:
        pairs = [
            (teaser, capture)
            for source, capture in group
            for teaser in self._wanted.pop((source.id, capture.locator), ())
        ]
        for came in self.run.follow(pairs):
            self._came(came)

    def _give_up(self, keys: Sequence[tuple[str, str]]) -> None:
        """Entries whose page did not come after them: with the one that came before, if any did."""
        if not keys:
            return
        with self.run.warehouse.incoming("locators", LOCATORS, keys):
            lies = {
                (source, locator): Address(file, at)
                for source, locator, file, at in self.run.warehouse.rows("replay_pages")
            }
        pairs: list[tuple[Teaser, Capture | FetchError | str]] = []
        for key in keys:
            page = self._kept(key[0], lies.get(key))
            pairs += [(teaser, page) for teaser in self._wanted.pop(key)]
        for came in self.run.follow(pairs):
            self._came(came)

    def _kept(self, source: str, address: Address | None) -> Capture | str:
        if address is None:
            return NOT_KEPT
        try:
            return replace(self.archive.at(address).capture, source=source)
        except Rejected as no:
            return f"{no.code}: {no.detail}"

    def _came(self, came: Came) -> None:
        for ledger in came.values():
            self._walked.ledger += ledger
        self.show(self._walked)


def _unknown(capture: Capture) -> Source:
    """What a source is taken for of which nobody says anything: a feed if it was fetched."""
    return Source(id=capture.source, kind="file" if capture.status is None else "feed", url="")


def _is_sitemap(source: Source, capture: Capture) -> bool:
    """Whether a payload is a list of addresses that nobody reads as copy."""
    if source.kind not in {"feed", "sitemap"} or formats.guess(capture.body) == "page":
        return False
    try:
        read_sitemap(capture.body, capture.charset)
    except Rejected:
        return False
    return True
