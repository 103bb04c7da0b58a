"""A publish as a scheduler asks for it: `wiredesk publish` without its words."""

from __future__ import annotations

from dataclasses import dataclass

from wiredesk import settings
from wiredesk.ingest import now
from wiredesk.publish import KEEP, Published, publish
from wiredesk.search import INDEX_FORMAT, refresh
from wiredesk.upkeep.opening import reading
from wiredesk.upkeep.troubles import Trouble


@dataclass(frozen=True, slots=True)
class Shown:
    """What was published, or why it was not."""

    done: Published
    troubles: tuple[Trouble, ...]


def published(to: str | None, keep: int = KEEP, warehouse: str | None = None) -> Shown:
    """Publish what a warehouse holds.  Raises UserError where it cannot be done."""
    place = settings.snapshot_path(to, warehouse)
    with reading(warehouse) as found:
        done = publish(found, place, now(), keep, index=refresh, index_format=INDEX_FORMAT)
    troubles = (
        Trouble(
            "checks.failed",
            offence.check,
            f"{offence.check}: {len(offence.rows):,} offenders, so nothing was published",
            {"offenders": len(offence.rows)},
        )
        for offence in done.offences
    )
    return Shown(done, tuple(troubles))
