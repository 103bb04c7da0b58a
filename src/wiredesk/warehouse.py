"""The warehouse: what is loaded, and what is known.

Migrations run once each in the order of their names, views are made afresh when they change; loads
are appends and anti-joins inside one transaction.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field, fields
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from random import random
from time import perf_counter, sleep
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from wiredesk import __version__
from wiredesk.advisories import heed
from wiredesk.agencies import AGENCIES
from wiredesk.database import (
    LOST,
    Database,
    first_line,
    names_of,
    owed,
    sql_of,
    views_in_order,
)
from wiredesk.errors import UserError, WarehouseBusy
from wiredesk.incoming import (
    AGENCY,
    ASKED,
    BACKFILL_INPUTS,
    BACKFILLS,
    CANDIDATES,
    CAPTURES,
    CURSORS,
    DECISIONS,
    EARLIER,
    ENTRIES,
    FETCHES,
    GAPS,
    LEDGER,
    LISTINGS,
    LOADED,
    LOCATORS,
    PARTITION_ENDS,
    PARTITIONS,
    POLLS,
    REDIRECTS,
    REJECTS,
    ROBOTS,
    SIGHTINGS,
)
from wiredesk.kinships import relate
from wiredesk.logs import facts
from wiredesk.match.decide import Known, decide
from wiredesk.match.identity import hash64
from wiredesk.match.listing import Listing
from wiredesk.model import Address, Capture, Decision, RobotsSeen, Validators
from wiredesk.revisions import revise
from wiredesk.rows import SCHEMAS, Rows
from wiredesk.schedule import Moved, Standing

T = TypeVar("T")
log = logging.getLogger(__name__)
REFUSALS = 8  #: how often a load is decided anew because another process was in between
CHILDREN = tuple(name for name in SCHEMAS if name not in {"items", "versions"})
NOTES = {
    "polls": POLLS,
    "gaps": GAPS,
    "redirects": REDIRECTS,
    "robots": ROBOTS,
    "backfills": BACKFILLS,
    "backfill_inputs": BACKFILL_INPUTS,
    "partitions": PARTITIONS,
}
REJECT_SOURCE = REJECTS.get_field_index("source_id")
REJECT_DROPPED = REJECTS.get_field_index("dropped")
SIGHTING_SOURCE = SIGHTINGS.get_field_index("source_id")


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of what a source listed: `listed` is the sum of the others."""

    listed: int = 0
    new_stories: int = 0
    new_versions: int = 0
    duplicates: int = 0
    rejected: int = 0
    dropped: int = 0

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload that the warehouse has: since when, and what was in it if it is loaded whole."""

    fetched_at: datetime
    items: int | None
    rejects: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry without its whole copy that was met before, and the page it was followed to."""

    identity: tuple[str, str, int]  #: scheme, key, id
    story_id: int
    version_id: int
    page_sha256: str | None


@dataclass(frozen=True, slots=True)
class Load:
    """All that one transaction writes."""

    run_id: str
    now: datetime
    rows: Sequence[Rows] = ()
    sightings: Sequence[Sequence[Any]] = ()  #: rows of SIGHTINGS
    rejects: Sequence[Sequence[Any]] = ()  #: rows of REJECTS
    loaded: Sequence[Sequence[Any]] = ()  #: rows of LOADED
    fetches: Sequence[Sequence[Any]] = ()  #: rows of FETCHES
    cursors: Sequence[Sequence[Any]] = ()  #: rows of CURSORS
    seen_before: Mapping[str, int] = field(default_factory=dict)
    #: by source, candidates in payloads that were loaded whole before
    dropped: Mapping[str, int] = field(default_factory=dict)
    #: by source, candidates that a rule left out without a row: those outside a backfill's window
    ends: tuple[int, int, float] | None = None
    #: backfill, partition and seconds, where this is all of a backfill's partition
    notes: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    #: rows of `NOTES` that count with it


class Warehouse(Database):
    """An open warehouse.  A context manager; `path` may be `:memory:`."""

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        super().__init__(path, read_only=read_only)
        self.seconds = 0.0  #: spent deciding and loading
        if not read_only and self.wanting():
            try:
                self._retried(self._migrate)
            except LOST as no:
                self.db.close()
                raise self.lost(no) from no

    # -- schema

    def _migrate(self) -> None:
        """Bring the schema up to date: each migration in a transaction of its own, then views."""
        wanting = self.wanting()
        if names_of("migrations")[0] in wanting:
            with self.transaction():
                self.db.execute(sql_of("queries", "migration_table"))
        for name in wanting:
            with self.transaction():
                if name[0].isdigit():
                    self.db.execute(sql_of("migrations", name))
                else:
                    self._lay_out_views()
                self._mark(name)

    def wanting(self) -> list[str]:
        """What this warehouse has not had: migrations, and last the views if they are others."""
        try:
            applied = {name for (name,) in self.rows("applied_migrations")}
        except duckdb.CatalogException:  # a new warehouse, or one that was killed at birth
            applied = set()
        views = f"views {_fingerprint()}"
        return [*owed(applied, self.path), *([] if views in applied else [views])]

    def _lay_out_views(self) -> None:
        """Views and reference rows are made afresh whenever their files change."""
        for name in views_in_order(partial(sql_of, "views")):
            for statement in duckdb.extract_statements(sql_of("views", name)):
                # DuckLake keeps a comment on a view, and none on its columns
                if not (self.lake and "COMMENT ON COLUMN" in statement.query):
                    self.db.execute(statement)
        agencies = [(a.key, a.name, a.home, a.tz) for a in AGENCIES.values()]
        self.append("agencies", AGENCY, agencies)

    def _mark(self, name: str) -> None:
        self.db.execute(sql_of("queries", "mark_migration"), {"name": name})

    # -- reading

    def offenders(self, check: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of a check; no rows means that it passes."""
        try:
            found = self.db.execute(sql_of("checks", check))
        except duckdb.CatalogException as no:
            raise UserError(f"{self.path} is no wiredesk warehouse: {first_line(no)}") from no
        return [column[0] for column in found.description], found.fetchall()

    def known_captures(self, captures: Iterable[Capture]) -> dict[tuple[str, str], Payload]:
        """By source and sha256, what is known of these payloads."""
        with self.incoming("captures", CAPTURES, [_capture(c, None) for c in captures]):
            return {
                (source, sha): Payload(at, items, rejects)
                for source, sha, at, items, rejects in self.rows("known_captures")
            }

    def archived(self, captures: Iterable[Capture]) -> dict[str, Address]:
        """By sha256, where the archive holds those of these payloads that it has."""
        with self.incoming("captures", CAPTURES, [_capture(c, None) for c in captures]):
            return {sha: Address(file, at) for sha, file, at in self.rows("known_payloads")}

    def versions_where(self, condition: str) -> pa.Table:
        """The keys of the versions that a condition of a person's own holds for.

        It is read as an expression over wire.versions: other tables are asked by a SELECT in it,
        and nothing in it can write.
        """
        try:
            found = self.db.table("wire.versions").filter(condition).project("version_id")
            return found.to_arrow_table()
        except duckdb.Error as no:
            raise UserError(f"the condition cannot be used: {first_line(no)}") from no

    def cursors(self) -> dict[tuple[str, str], Validators]:
        """By source and address, the ETag and Last-Modified that the next poll should send."""
        return {
            (source, locator): Validators(etag, modified)
            for source, locator, etag, modified in self.rows("cursors")
        }

    def standings(self, now: datetime | None = None) -> dict[str, Standing]:
        """By source, how it stands after its latest poll; polls that a wrong clock stamped later
        than `now` do not count, or a source could be silent for years.
        """
        return {source: Standing(*rest) for source, *rest in self.rows("standings", at=now)}

    def moves(self) -> dict[str, dict[str, Moved]]:
        """By source and address, where it said that it has moved for good."""
        found: dict[str, dict[str, Moved]] = {}
        for source, url, target, since in self.rows("redirects"):
            found.setdefault(source, {})[url] = Moved(target, since)
        return found

    def robots(self, now: datetime) -> list[RobotsSeen]:
        """Every robots.txt of the last weeks."""
        return [RobotsSeen(*row) for row in self.rows("robots", at=now)]

    def known_entries(self, keys: Sequence[int]) -> dict[int, Entry]:
        """By key, those of these entries that were met before."""
        if not keys:
            return {}
        with self.incoming("entries", ENTRIES, [(key,) for key in keys]):
            return {
                key: Entry((scheme, name, who), story, version, page)
                for key, scheme, name, who, story, version, page in self.rows("known_entries")
            }

    def last_listings(self, listings: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Listing]:
        """By source and sha256 of a listing, what it held."""
        if not listings:
            return {}
        held: dict[tuple[str, str], list[tuple[int, int, str | None]]] = {}
        with self.incoming("listings", LISTINGS, listings):
            for source, sha, *sighting in self.rows("last_listings"):
                held.setdefault((source, sha), []).append((sighting[0], sighting[1], sighting[2]))
        return {
            key: Listing(
                frozenset(story for story, _, _ in rows),
                frozenset(who for _, who, _ in rows),
                frozenset(url for _, _, url in rows if url),
            )
            for key, rows in held.items()
        }

    def known_locators(
        self, asked: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], tuple[datetime | None, int]]:
        """By source and address, when it last came, and how often it was asked for in vain."""
        if not asked:
            return {}
        with self.incoming("locators", LOCATORS, asked):
            return {(s, url): (at, no) for s, url, at, no in self.rows("known_locators")}

    def known_links(self, links: Sequence[tuple[str, str]]) -> set[str]:
        """Those of these (source, address) that some version has as its address."""
        if not links:
            return set()
        with self.incoming("locators", LOCATORS, links):
            return {url for (url,) in self.rows("known_links")}

    # -- writing

    def begin_run(self, run_id: str, command: str, now: datetime) -> None:
        """Note that a run began."""
        row = {"run_id": run_id, "command": command, "program": __version__, "started_at": now}
        self._in_turn(lambda: self.rows("load_runs", **row))

    def end_run(self, run_id: str, state: str, now: datetime, detail: str | None = None) -> None:
        """Note that a run ended: finished, failed, stopped."""
        row = {"run_id": run_id, "ended_at": now, "state": state, "detail": detail}
        row["load_seconds"] = self.seconds
        self._in_turn(lambda: self.rows("load_run_ends", **row))

    def land(self, captures: Sequence[tuple[Capture, Address | None]]) -> None:
        """Note payloads that the archive holds (at the address given with each)."""
        rows = [_capture(c, where) for c, where in captures]
        self._in_turn(lambda: self.append("captures", CAPTURES, rows))

    def note(self, notes: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Append rows to tables of `NOTES` (polls, gaps …), in one transaction."""
        self._in_turn(lambda: self._note(notes))

    def _note(self, notes: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        for name, values in notes.items():
            self.append(name, NOTES[name], values)

    def in_turn(self, work: Callable[[], T]) -> T:
        """Do what reads and then writes, in one transaction, while no other process does."""
        return self._in_turn(work)

    def decided(self, parts: Sequence[Rows]) -> tuple[Decision, ...]:
        """What these stories are to the warehouse; within a transaction of the caller's."""
        return self._decide(parts)

    def written(
        self, parts: Sequence[Rows], decisions: tuple[Decision, ...], now: datetime
    ) -> None:
        """Write stories as decided; within the transaction in which they were."""
        self._write(parts, decisions, now)

    def load(self, load: Load) -> dict[str, Ledger]:
        """Decide and write one batch, in one transaction; by source, what came of it."""
        began = perf_counter()
        came = self._in_turn(lambda: self._load(load))
        seconds = perf_counter() - began
        self.seconds += seconds
        _tell(load, came, seconds)
        return came

    def _load(self, load: Load) -> dict[str, Ledger]:
        decisions = self._decide(load.rows)
        if decisions:
            self._write(load.rows, decisions, load.now)
        self.append("sightings", SIGHTINGS, load.sightings)
        self.append("rejects", REJECTS, load.rejects)
        self.append("loaded", LOADED, load.loaded)
        self.append("fetches", FETCHES, load.fetches)
        self.append("cursors", CURSORS, load.cursors)
        came = _tallied(load, decisions)
        rows = [
            (load.run_id, source, load.now, *astuple(ledger))
            for source, ledger in came.items()
            if ledger.listed
        ]
        self.append("ledger", LEDGER, rows)
        if load.ends:
            all_came = astuple(sum(came.values(), Ledger()))
            row = (*load.ends, load.run_id, load.now, *all_came)
            self.append("partition_ends", PARTITION_ENDS, [row])
        self._note(load.notes)
        return came

    @contextmanager
    def frugal(self) -> Iterator[None]:
        """While a dump of any size is loaded: memory for what is being written, and little more."""
        if self.path == ":memory:":  # which has nowhere else to keep its rows
            yield
            return
        self.db.execute(sql_of("queries", "frugal"))
        try:
            yield
        finally:
            with suppress(duckdb.Error):  # a lake that is lost has no settings left
                self.db.execute(sql_of("queries", "unfrugal"))

    def compact(self, now: datetime, keep: timedelta) -> None:
        """Gather what many small loads left in a lake.  Files that were replaced more than `keep`
        ago are removed: nobody may read for longer than that.  A file needs none of it.
        """
        if self.lake:
            self.db.execute(sql_of("lake", "forgotten"), {"before": now - keep})
            with self.turn():
                self.db.execute(sql_of("lake", "compact"))

    def _in_turn(self, work: Callable[[], T]) -> T:
        """Do what decides by what it reads, in a transaction, while no other process does.

        Where one did all the same, the catalog refuses ours, and we read and decide anew.
        """

        def once() -> T:
            with self.transaction():
                self.rows("next_turn")
                return work()

        return self._retried(once)

    def _retried(self, work: Callable[[], T]) -> T:
        refused = 0
        while True:
            try:
                with self.turn():
                    return work()
            except duckdb.TransactionException as no:
                if not self.lake:  # a file has one writer: this is its disk
                    raise
                refused += 1
                if refused > REFUSALS:
                    raise WarehouseBusy(
                        f"{self.path} refused a load {refused} times ({first_line(no)}): "
                        "stop another loader, and run it again"
                    ) from no
                log.info("load refused", extra=facts(attempt=refused, reason=first_line(no)))
                sleep(random() * refused / 4)  # noqa: S311 (not a secret)

    def _decide(self, parts: Sequence[Rows]) -> tuple[Decision, ...]:
        candidates = [candidate for part in parts for candidate in part.candidates]
        if not candidates:
            return ()
        asked = {(c.identity_id, c.copy_key) for c in candidates}
        with self.incoming("candidates", CANDIDATES, list(asked)):
            aliases = dict(self.rows("known_aliases"))
            copies = dict(self.rows("known_copies"))
        stories = {aliases.get(who, who) for who, _ in asked} | set(copies.values())
        known: dict[int, list[tuple[datetime, int]]] = {}
        with self.incoming("candidates", CANDIDATES, [(story, None) for story in stories]):
            for story, at, version in self.rows("known_versions"):
                known.setdefault(story, []).append((at, version))
        return decide(candidates, Known(known, aliases, copies))

    def _write(self, parts: Sequence[Rows], decisions: tuple[Decision, ...], now: datetime) -> None:
        names = [field.name for field in fields(Decision)]
        values = [tuple(getattr(d, name) for name in names) for d in decisions]
        with self.incoming("decisions", DECISIONS, values):
            brought = {"aliases", "stories", "places"}
            for name in SCHEMAS:
                whole = pa.concat_tables([part.tables[name] for part in parts])
                self.db.register(f"incoming_{name}", whole)
                brought |= {name} if whole.num_rows else set()
            for name in ("items", "aliases", "stories", "versions", *CHILDREN, "places"):
                if name in brought:
                    self.db.execute(sql_of("queries", f"load_{name}"))
            self._place(decisions)
            heed(self)
            relate(self, self.rows("fresh_versions"), now)
            for name in SCHEMAS:
                self.db.unregister(f"incoming_{name}")

    def _place(self, decisions: tuple[Decision, ...]) -> None:
        """Give what came out of order its true place and time."""
        earlier = self.rows("earlier_sightings")
        stories = {d.story_id for d in decisions if d.supersedes_id is not None}
        stories |= {row[1] for row in earlier}
        if not stories:
            return
        with self.incoming("asked", ASKED, [(story,) for story in stories]):
            if earlier:
                values = [(version, at, item) for version, _, at, item in earlier]
                with self.incoming("earlier", EARLIER, values):
                    self.rows("antedate_versions")
                    self.rows("antedate_items")
            self.rows("antedate_stories")
            self.rows("place_versions")
        revise(self, stories)


def checks() -> list[str]:
    """The names of the checks whose offenders are faults of the rows: nothing is published then."""
    return [name for name in names_of("checks") if name not in alarms()]


def alarms() -> list[str]:
    """The names of the checks whose offenders a person should look at: a silent source, say."""
    return [name for name in names_of("checks") if "\n-- alarm:" in sql_of("checks", name)]


def reject_row(
    run_id: str, source: str, sha256: str | None, reject: Any, now: datetime
) -> tuple[Any, ...]:
    """A row of ops.rejects; the same fault met again has the same key."""
    key = hash64(
        source, reject.locator, sha256 or "", reject.where or "", reject.stage, reject.code
    )
    return (
        *(key, run_id, source, reject.locator, sha256, reject.where, reject.item),
        *(reject.stage, reject.code, reject.detail, now, reject.dropped),
    )


def _tallied(load: Load, decisions: Sequence[Decision]) -> dict[str, Ledger]:
    """The ledger of each source in a load."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    each = iter(decisions)
    for part in load.rows:
        count = counts[part.source]
        for decision in islice(each, len(part.candidates)):
            if decision.outcome == "duplicate":
                count["duplicates"] += 1
            else:
                first = decision.supersedes_id is None
                count["new_stories" if first else "new_versions"] += 1
    for row in load.sightings:
        counts[row[SIGHTING_SOURCE]]["duplicates"] += 1
    for row in load.rejects:
        counts[row[REJECT_SOURCE]]["dropped" if row[REJECT_DROPPED] else "rejected"] += 1
    for source, seen in load.seen_before.items():
        counts[source]["duplicates"] += seen
    for source, dropped in load.dropped.items():
        counts[source]["dropped"] += dropped
    return {source: Ledger(listed=count.total(), **count) for source, count in counts.items()}


def _tell(load: Load, came: Mapping[str, Ledger], seconds: float) -> None:
    """What was loaded, and each reject, for those who ask for so much."""
    if not log.isEnabledFor(logging.DEBUG):
        return
    columns = [field.name for field in REJECTS]
    for row in load.rejects:
        no = dict(zip(columns, row, strict=True))
        log.debug(
            "dropped" if no["dropped"] else "rejected",
            extra=facts(
                source=no["source_id"],
                item=no["native_id"],
                sha256=no["sha256"],
                where=no["place"],
                stage=no["stage"],
                code=no["code"],
            ),
        )
    for source, ledger in came.items():
        if not ledger.listed:
            continue
        told = facts(
            source=source,
            seconds=seconds,
            listed=ledger.listed,
            new_stories=ledger.new_stories,
            new_versions=ledger.new_versions,
            duplicates=ledger.duplicates,
            rejected=ledger.rejected,
            dropped=ledger.dropped,
        )
        log.debug("loaded", extra=told)


def _capture(c: Capture, where: Address | None) -> tuple[Any, ...]:
    return (
        *(c.sha256, c.source, c.locator, len(c.body), c.media_type, c.charset, c.status),
        *(c.fetched_at, where.file if where else None, where.offset if where else None),
    )


def _fingerprint() -> str:
    text = "".join(sql_of("views", name) for name in names_of("views")) + "".join(AGENCIES)
    return f"{hash64(text):016x}"
