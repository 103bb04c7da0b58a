"""Captures to the warehouse: land, read, decide, load; and the report of what came of it.

Small captures go in groups, large ones in parts; each group or run of parts is one transaction.
A payload counts as loaded only in the transaction of its last part, so a run that is killed
anywhere is finished by the next one, and what was loaded before is found to be there.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any

from wiredesk import formats, places
from wiredesk.batch import Reject
from wiredesk.errors import FetchError
from wiredesk.fetch.archive import Archive
from wiredesk.formats import Part
from wiredesk.model import Capture, Source, Unchanged
from wiredesk.parallel import Workers
from wiredesk.rows import Rows, rows
from wiredesk.stages import read
from wiredesk.warehouse import Known, Ledger, Load, Warehouse, reject_row

Arrived = Capture | Unchanged | Reject | FetchError
Progress = Callable[[Ledger], None]

GROUP_BYTES = 16 << 20
GROUP_CAPTURES = 500
#: Stories of a transaction.  On 20,000 stories 500 loaded 9% slower than 2,000, 8,000 no faster,
#: and a kill throws at most this many away.
TRANSACTION = 2000


def now() -> datetime:
    """The clock of the shell; the core is given its time."""
    return datetime.now(UTC)


def new_run_id(at: datetime) -> str:
    """Sorts by time; two runs of one second differ."""
    return f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


@dataclass(frozen=True, slots=True)
class Run:
    """One run over one or more sources: where it writes, and with what."""

    id: str
    warehouse: Warehouse
    archive: Archive | None
    workers: Workers

    def ingest(
        self, source: Source, arrived: Iterable[Arrived], progress: Progress | None = None
    ) -> Ledger:
        """Take in all that arrived from a source."""
        total = Ledger()
        for group in _groups(arrived):
            for ledger in self._group(source, group):
                total += ledger
                if progress:
                    progress(ledger)
        return total

    def _group(self, source: Source, group: Sequence[Arrived]) -> Iterator[Ledger]:
        captures = [a for a in group if isinstance(a, Capture)]
        known = self.warehouse.known_captures(source.id, captures) if captures else {}
        unread: dict[str, Capture] = {}
        again: Counter[str] = Counter()
        for capture in captures:
            had = known.get(capture.sha256)
            if had is None or had.items is None:
                kept = replace(capture, fetched_at=had.fetched_at) if had else capture
                again[capture.sha256] += capture.sha256 in unread
                unread.setdefault(capture.sha256, kept)
        self._land(source, [c for sha, c in unread.items() if sha not in known])
        log = _Log(self.id, source, now(), again)
        for a in group:
            log.note(a, known)
        yield from self._read(source, list(unread.values()), log)

    def _land(self, source: Source, captures: Sequence[Capture]) -> None:
        if captures:
            kept = [(c, self.archive.put(c) if self.archive else None) for c in captures]
            self.warehouse.land(source.id, kept)

    def _read(self, source: Source, captures: Sequence[Capture], log: _Log) -> Iterator[Ledger]:
        """Read captures in parts, and load whenever a transaction's worth is there."""
        parts = (part for c in captures for part in formats.parts(c, source))
        waiting: list[Rows] = []
        stories = 0
        done: dict[str, list[int]] = {c.sha256: [0, 0] for c in captures}
        for sha, result in self.workers.in_order(partial(_rows, source), parts):
            waiting.append(result)
            stories += len(result.candidates)
            done[sha][0] += len(result.candidates)
            done[sha][1] += len(result.rejects)
            log.reject(sha, result.rejects)
            if stories >= TRANSACTION:
                yield self.warehouse.load(log.middle(waiting))
                waiting, stories = [], 0
        load = log.last(waiting, done)
        yield self.warehouse.load(load)


class _Log:
    """What a group's loads write beside its stories."""

    def __init__(self, run_id: str, source: Source, at: datetime, again: Counter[str]) -> None:
        self.run_id, self.source, self.at = run_id, source, at
        self.again = again  # how often more a payload came in this group
        self.rejects: list[tuple[Any, ...]] = []
        self.fetches: list[tuple[Any, ...]] = []
        self.cursors: list[tuple[Any, ...]] = []
        self.seen_before = 0

    def note(self, arrived: Arrived, known: dict[str, Known]) -> None:
        """How one address answered, and the cursor that its next poll should send."""
        if isinstance(arrived, Reject):
            self.rejects.append(reject_row(self.run_id, self.source.id, None, arrived, self.at))
            self._fetch(arrived.locator, self.at, "failed", None, None, arrived.detail)
        elif isinstance(arrived, FetchError):
            no = Reject("fetch", arrived.url, type(arrived).__name__.lower(), arrived.reason)
            self.rejects.append(reject_row(self.run_id, self.source.id, None, no, self.at))
            self._fetch(arrived.url, self.at, "failed", None, None, arrived.reason)
        elif isinstance(arrived, Unchanged):
            self._fetch(arrived.locator, arrived.at, "unchanged", arrived.status, None, None)
        else:
            had = known.get(arrived.sha256)
            before = had is not None and had.items is not None
            if had and had.items is not None:
                self.seen_before += had.items + (had.rejects or 0)
            outcome = "unchanged" if before else "new"
            self._fetch(
                arrived.locator, arrived.fetched_at, outcome, arrived.status, arrived.sha256, None
            )
            if arrived.etag or arrived.last_modified:
                self.cursors.append(
                    (
                        *(self.source.id, arrived.locator, arrived.etag, arrived.last_modified),
                        *(self.run_id, self.at),
                    )
                )

    def _fetch(self, locator: str, at: datetime, *rest: str | int | None) -> None:
        self.fetches.append((self.run_id, self.source.id, locator, at, *rest))

    def reject(self, sha256: str, rejects: Iterable[Reject]) -> None:
        self.rejects.extend(
            reject_row(self.run_id, self.source.id, sha256, no, self.at) for no in rejects
        )

    def middle(self, waiting: Sequence[Rows]) -> Load:
        """A load that does not end its captures: no cursor may be saved with it."""
        rejects, self.rejects = self.rejects, []
        return Load(self.run_id, self.source.id, now(), waiting, rejects)

    def last(self, waiting: Sequence[Rows], done: dict[str, list[int]]) -> Load:
        """The load that ends the group: its captures are whole, its cursors count."""
        at = now()
        for sha, times in self.again.items():
            self.seen_before += times * sum(done[sha])
        loaded = [(sha, self.source.id, items, no, at) for sha, (items, no) in done.items()]
        return Load(
            *(self.run_id, self.source.id, at, waiting, self.rejects, loaded),
            *(self.fetches, self.cursors, self.seen_before),
        )


def _rows(source: Source, part: Part) -> tuple[str, Rows]:
    """In a worker: one part of a capture, read."""
    batch = read(part, source, places.load())
    return part.capture.sha256, rows(batch, part.capture, source.id)


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
