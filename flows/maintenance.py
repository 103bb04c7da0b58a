"""Upkeep as a flow: compact the warehouse, put old files of the archive aside, prune snapshots."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from prefect import flow, task
from pydantic import Field

from flows.limits import alone
from flows.showing import show
from flows.tasks import AGAIN, HOUR, told
from wiredesk.publish import KEEP
from wiredesk.upkeep.maintenance import Maintained, maintained
from wiredesk.upkeep.reports import maintenance_report


@task(
    name="maintain",
    timeout_seconds=6 * HOUR,
    **AGAIN,
)
def maintain(
    warehouse: str | None,
    readers: timedelta,
    snapshot: str | None,
    keep: int,
    cold: str | None,
    cold_after: timedelta,
) -> Maintained:
    """Compact, rotate, prune."""
    return maintained(warehouse, readers, snapshot, keep, cold, cold_after)


@flow(name="maintenance", persist_result=False)
@told
def maintenance(
    warehouse: str | None = None,
    snapshot: str | None = None,
    keep: Annotated[int, Field(ge=1, le=100)] = KEEP,
    readers_hours: Annotated[float, Field(gt=0)] = 24.0,
    cold: str | None = None,
    cold_after_days: Annotated[int, Field(ge=1)] = 90,
) -> None:
    """Keep a warehouse small: nobody reads one state of a lake for longer than `readers_hours`.

    Files of the archive that are older than `cold_after_days` go to the folder `cold`, if one is
    named, and a link stays in their place.
    """
    readers, after = timedelta(hours=readers_hours), timedelta(days=cold_after_days)
    with alone(warehouse):
        show("maintenance", maintenance_report(
            maintain(warehouse, readers, snapshot, keep, cold, after)
        ))  # fmt: skip
