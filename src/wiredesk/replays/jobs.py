"""Versions to jobs for workers: payloads from the archive, one after another, a few in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import pyarrow as pa

from wiredesk import formats
from wiredesk.errors import Rejected
from wiredesk.fetch.archive import Archive, Archived
from wiredesk.incoming import VERSIONS_ASKED
from wiredesk.model import Capture, Source
from wiredesk.replays.rereading import Again, Unread
from wiredesk.replays.sighting import Payload, Sighting, read_by, sighting
from wiredesk.warehouse import Warehouse

CHUNK = 2000  #: versions whose places are looked up at once


@dataclass(slots=True)
class Jobs:
    """Reads payloads for workers; what cannot be had is given to `leave`."""

    warehouse: Warehouse
    archive: Archive
    declared: Mapping[str, Source]  #: sources by id, as a sources file says them
    leave: Callable[[Iterable[Unread]], None]
    _kept: Archived | None = None  #: the payload read last: a dump holds many stories
    _by_record: dict[str, Source] = field(default_factory=dict)

    def of(self, wanted: pa.ChunkedArray) -> Iterator[Again]:
        """The jobs that read these versions again, in their order."""
        for start in range(0, len(wanted), CHUNK):
            ids = [(version,) for version in wanted.slice(start, CHUNK).to_pylist()]
            with self.warehouse.incoming("asked", VERSIONS_ASKED, ids):
                found = [sighting(row) for row in self.warehouse.rows("replay_sightings")]
            for _, some in groupby(found, lambda s: (s.source, s.sha256)):
                yield from self._of_payload(list(some))

    def _of_payload(self, some: Sequence[Sighting]) -> Iterator[Again]:
        payload = some[0].payload
        try:
            kept = self._payload(payload)
        except Rejected as no:
            self._left(some, payload, no)
            return
        capture = payload.as_seen(kept.capture, some[0].source)
        source = read_by(some, kept.source, {**self.declared, **self._by_record})
        pages = dict(self._pages(some))
        wanted = [s for s in some if not s.page or s.ordinal in pages]
        for part, ordinals in _parts(capture, source, wanted):
            mine = tuple(s for s in wanted if s.ordinal in ordinals)
            if mine:
                led_to = tuple((s.ordinal, pages[s.ordinal]) for s in mine if s.ordinal in pages)
                yield Again(source, part, mine, led_to)

    def _pages(self, some: Sequence[Sighting]) -> Iterator[tuple[int, Capture]]:
        for s in some:
            if s.page:
                try:
                    yield s.ordinal, s.page.as_seen(self._payload(s.page).capture, s.source)
                except Rejected as no:
                    self._left([s], s.page, no)

    def _payload(self, payload: Payload) -> Archived:
        """A payload from the archive.  Raises Rejected."""
        if payload.address is None:
            raise Rejected("missing", "no archive kept it")
        if self._kept is None or self._kept.address != payload.address:
            self._kept = self.archive.at(payload.address)
            if said := self._kept.source:
                self._by_record[said.id] = said
        return self._kept

    def _left(self, some: Sequence[Sighting], payload: Payload, no: Rejected) -> None:
        at = payload.locator
        self.leave(Unread(s.version_id, f"{at} #{s.ordinal}", no.code, no.detail) for s in some)


def _parts(
    capture: Capture, source: Source, wanted: Sequence[Sighting]
) -> Iterator[tuple[formats.Part, range]]:
    """The parts of a payload, each with the ordinals that it may hold."""
    parts = iter(formats.parts(capture, source))
    part = next(parts, None)
    while part:
        after = next(parts, None)
        end = after.first if after else max((s.ordinal for s in wanted), default=-1) + 1
        yield part, range(part.first, end)
        part = after
