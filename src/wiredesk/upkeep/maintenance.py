"""What keeps a warehouse small and quick: gather a lake's small files, end what was left open, put
old files of the archive aside, remove old snapshots.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from wiredesk import settings
from wiredesk.errors import UserError
from wiredesk.ingest import now
from wiredesk.lake import lake_of
from wiredesk.publish import KEEP
from wiredesk.snapshots.keeping import newest, prune
from wiredesk.snapshots.places import place_of
from wiredesk.status import archived, size_of, there
from wiredesk.upkeep.rotation import Rotated, rotated
from wiredesk.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Maintained:
    """What was done; `rotated` is None where no place for old files was named."""

    warehouse_before: int | None  #: bytes; None: of a lake
    warehouse_after: int | None
    archive_files: int
    archive_bytes: int
    rotated: Rotated | None
    snapshots_bytes: int


def maintained(
    warehouse: str | None,
    readers: timedelta,
    snapshot: str | None,
    keep: int = KEEP,
    cold: str | None = None,
    cold_after: timedelta = timedelta(days=90),
) -> Maintained:
    """Compact, rotate, prune.  Nobody reads a state of a lake for longer than `readers`."""
    path = settings.warehouse_path(warehouse)
    there(path)
    at, root = now(), settings.archive_path(path)
    before = _size(path)
    # to close a file that was opened for writing is to put its log into it
    with Warehouse(path) as found:
        found.compact(at, readers)
    moved = rotated(root, Path(cold), at - cold_after) if root and cold else None
    held = archived(root) if root else {"files": 0, "bytes": 0}
    return Maintained(
        before, _size(path), held["files"], held["bytes"], moved, _pruned(snapshot, warehouse, keep)
    )


def _size(path: str) -> int | None:
    return None if lake_of(path) else size_of(path)


def _pruned(snapshot: str | None, warehouse: str | None, keep: int) -> int:
    """Bytes of the snapshots that stay; 0 where none was ever published."""
    try:
        place = place_of(settings.snapshot_path(snapshot, warehouse))
        if newest(place) is None:
            return 0
    except UserError:
        return 0
    with place.locked():
        prune(place, keep)
        place.sweep()
        return sum(place.sizes("snapshots").values()) + sum(place.sizes("data").values())
