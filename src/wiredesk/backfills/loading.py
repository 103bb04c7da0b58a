"""Readings into the warehouse: a partition lands, and loads with its end in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wiredesk.backfills.manifest import Backfill, as_read, row
from wiredesk.backfills.reading import Reading
from wiredesk.batch import Reject
from wiredesk.fetch.archive import Archive
from wiredesk.ingest import now
from wiredesk.model import Address, Capture, Source
from wiredesk.warehouse import Ledger, Load, Warehouse, reject_row


def load(
    warehouse: Warehouse,
    archive: Archive | None,
    backfill: Backfill,
    source: Source,
    reading: Reading,
    run_id: str,
    seconds: float,
) -> Ledger:
    """Land what a partition brought and load it, with its end, in one transaction.

    What another process has loaded by now is left alone.
    """
    if warehouse.rows("partition_ended", backfill_id=backfill.id, seq=reading.partition.seq):
        return Ledger()
    known = warehouse.known_captures(reading.landing) if reading.landing else {}
    kind = reading.partition.kind
    fresh = [c for c in reading.landing if (c.source, c.sha256) not in known]
    land(warehouse, archive, as_read(source, kind), fresh)
    at = now()
    arrived, seq = reading.arrived, reading.partition.seq
    added = [row(backfill.id, p, p.seq) for p in (*reading.further, *reading.left)]
    came = warehouse.load(
        Load(
            run_id,
            at,
            [each.rows for each in reading.done],
            rejects=_rejects(reading, source, run_id, at),
            loaded=[(sha, source.id, items, bad, at) for sha, items, bad in reading.whole],
            fetches=[
                *(_fetched(run_id, source, c) for c in reading.landing),
                *(_missed(run_id, source, r.locator, None, r.detail, at) for r in arrived.rejects),
                *(
                    _missed(run_id, source, e.url, e.status, e.reason, at)
                    for e in (*arrived.failed, *arrived.missed)
                ),
            ],
            seen_before={source.id: reading.seen},
            dropped={source.id: reading.dropped},
            ends=(backfill.id, seq, seconds),
            notes={"partitions": added},
        )
    )
    return came.get(source.id, Ledger())


def land(
    warehouse: Warehouse, archive: Archive | None, source: Source, captures: list[Capture]
) -> None:
    """Keep payloads, durably, and note where they lie."""
    if not captures:
        return
    where: list[Address | None] = [None] * len(captures)
    if archive:
        held = warehouse.archived(captures)
        pairs = [(c, held.get(c.sha256)) for c in captures]
        where = list(archive.put(pairs, [source] * len(captures)))
    warehouse.land(list(zip(captures, where, strict=True)))


def _rejects(reading: Reading, source: Source, run_id: str, at: datetime) -> list[tuple[Any, ...]]:
    found = [
        reject_row(run_id, source.id, done.sha256, no, at)
        for done in reading.done
        for no in done.rows.rejects
    ]
    found += [reject_row(run_id, source.id, None, no, at) for no in reading.arrived.rejects]
    failed = (
        Reject("fetch", error.url, type(error).__name__.lower(), error.reason)
        for error in reading.arrived.failed
    )
    return found + [reject_row(run_id, source.id, None, no, at) for no in failed]


def _fetched(run_id: str, source: Source, c: Capture) -> tuple[Any, ...]:
    return (run_id, source.id, c.locator, c.fetched_at, "new", c.status, c.sha256, None)


def _missed(
    run_id: str, source: Source, locator: str, status: int | None, why: str, at: datetime
) -> tuple[Any, ...]:
    return (run_id, source.id, locator, at, "failed", status, None, why)
