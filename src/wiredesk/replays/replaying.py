"""A replay: versions in the order of the archive, read again by workers, put right in transactions.

Every version in scope is read again, whatever rules read it; only rows that differ are touched, and
those of older rules, which then bear today's.  Each transaction notes how far it got in
ops.replays, with what it put right.  So the same replay, started again after a kill, goes on where
it was; other rules or another scope are another replay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa

from wiredesk import __version__
from wiredesk.fetch.archive import Archive
from wiredesk.incoming import CANDIDATES, VERSIONS_ASKED
from wiredesk.match.identity import hash64
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.replays.comparing import (
    Difference,
    Fresh,
    Tally,
    differences,
    gathered,
    registered,
)
from wiredesk.replays.jobs import Jobs
from wiredesk.replays.replacing import replace_rows
from wiredesk.replays.rereading import Reread, Unread, given_up, reread
from wiredesk.replays.rules import rules_text
from wiredesk.replays.sighting import Sighting
from wiredesk.rows import INSTANT, INT, KEY, TEXT
from wiredesk.warehouse import Warehouse

CHUNK = 2000  #: versions whose places are looked up at once
STEP = 1000  #: versions of a transaction; a kill throws at most this many away
SHOWN = 20  #: versions that could not be read, named in the report
REPLAYS = pa.schema(
    {
        "replay_id": KEY,
        "run_id": TEXT,
        "rules": TEXT,
        "archive_path": TEXT,
        "archive_offset": pa.int64(),
        "source_id": TEXT,
        "sha256": TEXT,
        "ordinal": INT,
        "reread": pa.int64(),
        "changed": pa.int64(),
        "moved": pa.int64(),
        "done": pa.bool_(),
        "replayed_at": INSTANT,
    }
)
START = ("", 0, "", "", -1)  #: before the first place of any archive
NOWHERE = "~"  #: sorts after the name of any file: payloads that no archive holds


@dataclass(frozen=True, slots=True)
class Scope:
    """Which versions are read again."""

    since: datetime | None = None  #: those that came in then or later
    source: str | None = None
    where: str | None = None  #: an SQL condition over wire.versions

    def key(self) -> int:
        """Of this scope under today's rules; the text of the rules counts, not their number."""
        since = self.since.isoformat() if self.since else ""
        return hash64(rules_text(), since, self.source or "", self.where or "")


@dataclass(slots=True)
class Outcome:
    """What a replay found, and put right unless it only looked."""

    wanted: int = 0  #: versions in scope that were left to read
    reread: int = 0
    changed: int = 0  #: versions with a field that is read otherwise now
    moved: int = 0  #: of those, versions that stand under another key now
    fields: dict[str, Tally] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)  #: by code, versions left as they are
    shown: list[Unread] = field(default_factory=list)  #: the first of those
    resumed: bool = False  #: went on where an earlier one was killed


@dataclass(slots=True)
class Replay:
    """One replay.  `put_right` is False where it only looks."""

    run_id: str
    warehouse: Warehouse
    archive: Archive
    workers: Workers
    declared: Mapping[str, Source]  #: sources by id, as a sources file says them
    now: Callable[[], datetime]
    put_right: bool
    outcome: Outcome = field(default_factory=Outcome)

    def run(self, scope: Scope, progress: Callable[[Outcome], None] | None = None) -> Outcome:
        """Read again what is in scope."""
        wanted = self._wanted(scope)
        self.outcome.wanted = len(wanted)
        if progress:
            progress(self.outcome)
        waiting: list[Reread] = []
        last: Sighting | None = None
        jobs = Jobs(self.warehouse, self.archive, self.declared, self._note)
        for done in self.workers.in_order(reread, jobs.of(wanted), given_up):
            waiting.append(done)
            last = done.upto
            if sum(len(each.wanted) for each in waiting) >= STEP:
                self._step(waiting, scope, last, done=False)
                waiting = []
                if progress:
                    progress(self.outcome)
        if last:
            self._step(waiting, scope, last, done=True)
        if progress:
            progress(self.outcome)
        return self.outcome

    # -- what is wanted

    def _wanted(self, scope: Scope) -> pa.ChunkedArray:
        place = START
        if self.put_right and (found := self.warehouse.rows("replay_place", replay_id=scope.key())):
            place = found[0]
            self.outcome.resumed = True
        asked = (
            self.warehouse.versions_where(scope.where)
            if scope.where
            else VERSIONS_ASKED.empty_table()
        )
        names = ("path", "place", "of_source", "sha256", "ordinal")
        with registered(self.warehouse, {"asked": asked}):
            table = self.warehouse.arrow(
                "replay_wanted",
                since=scope.since,
                source=scope.source,
                every=scope.where is None,
                **dict(zip(names, place, strict=True)),
            )
        return table["version_id"]

    def _note(self, unread: Iterable[Unread]) -> None:
        for each in unread:
            self.outcome.unread[each.code] += 1
            if len(self.outcome.shown) < SHOWN:
                self.outcome.shown.append(each)

    # -- what is done with it

    def _step(self, read: Sequence[Reread], scope: Scope, last: Sighting, *, done: bool) -> None:
        for each in read:
            self._note(each.unread)
        if self.put_right:
            fresh, found = self.warehouse.in_turn(lambda: self._put(read, scope, last, done=done))
        else:
            fresh, found = self._compared(read)
        self._count(fresh, found)

    def _put(
        self, read: Sequence[Reread], scope: Scope, last: Sighting, *, done: bool
    ) -> tuple[Fresh | None, list[Difference]]:
        fresh, found = self._compared(read)
        at = self.now()
        if fresh:
            replace_rows(self.warehouse, fresh, found, at)
        address = last.payload.address
        place = (address.file, address.offset) if address else (NOWHERE, 0)
        changed = len({each.version_id for each in found})
        self.warehouse.append(
            "replays",
            REPLAYS,
            [
                (
                    *(scope.key(), self.run_id, __version__, *place),
                    *(last.source, last.sha256, last.ordinal),
                    *(len(fresh.wanted) if fresh else 0, changed),
                    *(len(fresh.moved) if fresh else 0, done, at),
                )
            ],
        )
        return fresh, found

    def _compared(self, read: Sequence[Reread]) -> tuple[Fresh | None, list[Difference]]:
        if not any(each.rows for each in read):
            return None, []
        held = {s.item_id: s.identity_id for each in read for s in each.wanted}
        strange = {
            c.identity_id
            for each in read
            for part in each.rows
            for c in part.candidates
            if held[c.item_id] != c.identity_id
        }
        aliases: dict[int, int] = {}
        if strange:
            with self.warehouse.incoming("candidates", CANDIDATES, [(i, None) for i in strange]):
                aliases = dict(self.warehouse.rows("known_aliases"))
        fresh = gathered(read, aliases)
        with registered(self.warehouse, fresh.tables):
            return fresh, differences(self.warehouse, fresh)

    def _count(self, fresh: Fresh | None, found: Sequence[Difference]) -> None:
        if fresh is None:
            return
        moved = {fresh.wanted[item].version_id for item in fresh.moved}
        self.outcome.reread += len(fresh.wanted)
        self.outcome.moved += len(moved)
        self.outcome.changed += len({each.version_id for each in found} | moved)
        for each in found:
            self.outcome.fields.setdefault(each.field, Tally()).add(each)
