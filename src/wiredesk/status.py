"""How a warehouse stands: its runs, its sources, what came today, what a person should look at.

Read from the warehouse itself; while another process writes it, from the published snapshot, which
says less and is older.  What a warehouse or snapshot of an earlier program cannot tell is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from wiredesk.database import Database, owed, sql_of
from wiredesk.errors import UserError, WarehouseBusy
from wiredesk.lake import lake_of
from wiredesk.model import Json
from wiredesk.snapshot import Snapshot
from wiredesk.snapshots.keeping import newest
from wiredesk.snapshots.manifest import Manifest
from wiredesk.snapshots.places import place_of

RUNS = 6  #: shown
GAPS = timedelta(days=7)  #: how long a gap that nothing filled is shown
#: Alarms that are found at once.  The third compares nine weeks hour by hour: `wiredesk check`.
ALARMS = ("sources_fresh", "no_notice_held")


def status(path: str, snapshot: str, archive: Path | None, at: datetime) -> Json:
    """How the warehouse at `path` stands at an instant.  Raises UserError where there is none."""
    there(path)
    lake, published = lake_of(path), _published(snapshot)
    with _open(path, snapshot) as found:
        busy = isinstance(found, Snapshot)
        return {
            "warehouse": {
                "path": lake.shown if lake else path,
                "bytes": None if lake else size_of(path),
                "busy": busy,
            },
            "schema": None if busy else schema_of(found),
            "snapshot": published and {**published, "age_s": _seconds(at - published["made_at"])},
            "archive": archive and archived(archive),
            **state_of(found, at),
        }


def there(path: str) -> None:
    """Raises UserError where no warehouse is at a path; a lake tells so itself."""
    if not lake_of(path) and not Path(path).exists():
        raise UserError(f"{path}: no such warehouse; wiredesk ingest or run makes one")


def state_of(found: Database, at: datetime) -> Json:
    """What the rows of a warehouse or snapshot say; no key for what they cannot say."""
    tables = {name for (name,) in found.rows("status_tables")}
    told: Json = {"totals": objects(found, "totals")[0]}
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    told["today"] = objects(found, "status_today", since=day)[0]
    if "mart.runs" in tables:
        ((first,),) = found.rows("status_first_run", most=RUNS)
        told["runs"] = objects(found, "status_runs", first=first)
    if {"ops.polls", "ops.gaps", "wire.notices"} <= tables:
        offenders = {name: found.sql(sql_of("checks", name)) for name in ALARMS}
        told["sources"] = sources_of(found, at, offenders["sources_fresh"])
        told["states"] = dict(Counter(source["state"] for source in told["sources"]))
        told["gaps"] = objects(found, "status_gaps", since=at - GAPS)
        told["alarms"] = {name: len(rows) for name, rows in offenders.items()}
    return told


def sources_of(found: Database, at: datetime, fresh: Sequence[tuple[Any, ...]]) -> list[Json]:
    """Each source that was ever polled, with its state; `fresh`: what sources_fresh found."""
    silent = {source for source, fault, *_ in fresh if fault == "silent"}
    rows = objects(found, "status_sources", at=at)
    return [
        {**row, "state": "silent"}
        if row["source_id"] in silent and row["state"] in {"waiting", "due"}
        else row
        for row in rows
    ]


def schema_of(found: Database) -> Json:
    """The last migration that a warehouse has had, and those that it has not."""
    tables = {name for (name,) in found.rows("status_tables")}
    if "ops.migrations" not in tables:
        raise UserError(f"{found.path} is no wiredesk warehouse: it has no ops.migrations")
    applied = [name for (name,) in found.rows("applied_migrations") if name[0].isdigit()]
    return {"version": max(applied, default=None), "waiting": owed(applied, found.path)}


def archived(root: Path) -> Json:
    """How many files the archive has, and their size."""
    files = root.rglob("*.warc*") if root.is_dir() else ()
    # of files put aside in a folder that is not mounted now, only the link is here
    sizes = [file.stat().st_size for file in files if file.exists()]
    return {"path": str(root), "files": len(sizes), "bytes": sum(sizes)}


def size_of(path: str) -> int:
    """Of a warehouse's file and what is not yet written back into it."""
    files = (Path(path), Path(f"{path}.wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def objects(found: Database, query: str, **parameters: Any) -> list[Json]:
    """The rows of a named query, by column."""
    columns, rows = found.table(query, **parameters)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _open(path: str, snapshot: str) -> Database:
    try:
        return Database(path, read_only=True)
    except WarehouseBusy as busy:
        try:
            return Snapshot(snapshot)
        except UserError:
            raise WarehouseBusy(
                f"{path} is being written by another process, and no snapshot is published at "
                f"{snapshot} that could be read meanwhile: ask again, or run wiredesk publish"
            ) from busy


def _published(snapshot: str) -> Json | None:
    try:
        manifest = newest(place_of(snapshot.rstrip("/") or "/"))
    except UserError:
        return None
    return _told(snapshot, manifest) if manifest else None


def _told(snapshot: str, manifest: Manifest) -> Json:
    size = sum(manifest.names.values()) + manifest.bytes
    return {"path": snapshot, "id": manifest.id, "made_at": manifest.made_at, "bytes": size}


def _seconds(age: timedelta) -> int:
    return int(age.total_seconds())
