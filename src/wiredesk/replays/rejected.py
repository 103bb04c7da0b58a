"""Rejects read again: the payloads that they came in, and what of those is not loaded yet.

What can be read now is decided and loaded like anything that comes.  The ledger of the replay
lists just that: listed = new stories + new versions + duplicates.  What is still turned away stays
counted where it was first; a reject that is none any more stays in ops.rejects, where it was
counted, and has a row in ops.recoveries.  A payload counts as many candidates as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

import pyarrow as pa

from wiredesk import formats
from wiredesk.batch import Reject
from wiredesk.errors import Rejected
from wiredesk.fetch.archive import Archive, Archived
from wiredesk.incoming import LISTINGS
from wiredesk.intake import Done, Job, work
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.replays.comparing import only
from wiredesk.replays.sighting import payload
from wiredesk.rows import INSTANT, KEY, TEXT, Rows
from wiredesk.warehouse import Ledger, Load, Warehouse

RECOVERIES = pa.schema({"reject_id": KEY, "run_id": TEXT, "recovered_at": INSTANT})


@dataclass(slots=True)
class Recovery:
    """What became of rejects that were read again."""

    read: int = 0  #: rejects
    recovered: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    left: list[Reject] = field(default_factory=list)  #: turned away still


@dataclass(slots=True)
class Rejects:
    """One replay of rejects."""

    run_id: str
    warehouse: Warehouse
    archive: Archive
    workers: Workers
    declared: Mapping[str, Source]  #: sources by id, as a sources file says them
    now: Callable[[], datetime]
    put_right: bool
    outcome: Recovery = field(default_factory=Recovery)

    def run(self, since: datetime | None, source: str | None) -> Recovery:
        """Read the rejects in scope again, payload by payload."""
        rows = self.warehouse.rows("replay_rejects", since=since, source=source)
        for _, some in groupby(rows, lambda row: row[:2]):
            self._payload(list(some))
        return self.outcome

    def _payload(self, some: Sequence[tuple[Any, ...]]) -> None:
        source_id, sha256 = some[0][:2]
        self.outcome.read += len(some)
        lies = payload(some[0][5:])
        try:
            if lies.address is None:
                raise Rejected("missing", "no archive kept it")
            kept = self.archive.at(lies.address)
            source = self._source(source_id, kept)
        except Rejected as no:
            self.outcome.left.append(Reject("fetch", lies.locator, no.code, no.detail, no.where))
            return
        capture = lies.as_seen(kept.capture, source_id)
        jobs = (Job(source, part) for part in formats.parts(capture, source))
        with self.warehouse.incoming("listings", LISTINGS, [(source_id, sha256)]):
            known = {item for (item,) in self.warehouse.rows("replay_known_items")}
        fresh: list[Rows] = []
        refused: list[Reject] = []
        for done in self.workers.in_order(work, jobs, _none):
            refused += done.rows.rejects
            wanted = {c.item_id for c in done.rows.candidates} - known
            fresh += [only(done.rows, wanted)] if wanted else []
        again = {(no.where, no.item) for no in refused}
        gone = [row[2] for row in some if (row[3], row[4]) not in again]
        self.outcome.left += refused
        self.outcome.recovered += len(gone)
        if self.put_right:
            self._load(source_id, sha256, fresh, gone)

    def _source(self, name: str, kept: Archived) -> Source:
        """How the payload is to be read.  Raises Rejected: an error page must not pass for copy."""
        if kept.source and kept.source.id == name:
            return kept.source
        if found := self.declared.get(name):
            return found
        if kept.capture.status is not None:
            raise Rejected("unreadable", f"what source {name!r} sends is not known: name --sources")
        return Source(name, "file", "")

    def _load(self, source: str, sha256: str, fresh: Sequence[Rows], gone: Iterable[int]) -> None:
        at = self.now()
        for ledger in self.warehouse.load(Load(self.run_id, at, fresh)).values():
            self.outcome.ledger += ledger
        rows = [(reject, self.run_id, at) for reject in gone]

        def note() -> None:
            self.warehouse.append("recoveries", RECOVERIES, rows)
            with self.warehouse.incoming("listings", LISTINGS, [(source, sha256)]):
                self.warehouse.rows("replay_loaded")

        self.warehouse.in_turn(note)


def _none(_: Job) -> Iterator[Done]:
    """A part that ends its process is turned away as before."""
    yield from ()
