"""A backfill as a flow: what `wiredesk backfill` does, with room for live polling between loads.

It does not keep the warehouse to itself, and polls get in between two loads.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from prefect import flow, task
from pydantic import Field

from flows.ingest import HERE
from flows.limits import asking
from flows.tasks import AGAIN, HOUR, told
from wiredesk.backfill_commands import Given, backfill
from wiredesk.model import Json

#: Seconds between two loads, in which a poll that waits for the warehouse finds it free.
PAUSE = 1.0
#: of a report, what a run keeps as its result
KEPT = (
    *("backfill", "partitions", "before", "loaded", "waiting", "listed", "new_stories"),
    *("new_versions", "duplicates", "rejected", "dropped", "seconds"),
)


@task(
    name="backfill",
    timeout_seconds=72 * HOUR,
    **AGAIN,
)
def fill(given: Given) -> Json:
    """Do what is left of a backfill.  Tried again, it goes on where it was."""
    return backfill(given)


@flow(
    name="backfill",
    flow_run_name="backfill {source} {first} to {last}",
    persist_result=False,
)
@told
def backfill_source(
    source: str,
    first: date,
    last: date,
    sources_file: str = str(HERE),
    warehouse: str | None = None,
    pause: Annotated[float, Field(ge=0, le=60)] = PAUSE,
    workers: Annotated[int, Field(ge=1, le=64)] | None = None,
) -> Json:
    """Take in the stories of some days that a source keeps; days are written as 2026-01-31."""
    days = first.isoformat(), last.isoformat()
    given = Given(source, *days, None, False, workers, pause, sources_file, warehouse)
    with asking(sources_file, source):
        found = fill(given)
    return {name: found[name] for name in KEPT}
