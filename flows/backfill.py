"""A backfill as a flow: what `wiredesk backfill` does, with room for live polling between loads."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.tasks import exponential_backoff

from flows.tasks import passing
from wiredesk.backfill_commands import Given, backfill
from wiredesk.model import Json

HERE = Path(__file__).parent / "sources.toml"
#: Seconds between two loads, in which a poll that waits for the warehouse finds it free.
PAUSE = 1.0
#: of a report, what a run keeps as its result
KEPT = ("backfill", "partitions", "before", "loaded", "waiting", "listed", "new_stories")
KEPT += ("new_versions", "duplicates", "rejected", "dropped", "seconds")


@task(
    name="backfill",
    retries=4,
    retry_delay_seconds=exponential_backoff(backoff_factor=10),
    retry_jitter_factor=0.5,
    retry_condition_fn=passing,
    persist_result=False,
)
def fill(given: Given) -> Json:
    """Do what is left of a backfill.  Tried again, it goes on where it was."""
    return backfill(given)


@flow(
    name="backfill",
    flow_run_name="backfill {source} {first} to {last}",
    persist_result=False,
)
def backfill_source(
    source: str,
    first: str,
    last: str,
    sources_file: str = str(HERE),
    warehouse: str | None = None,
    pause: float = PAUSE,
    workers: int | None = None,
) -> Json:
    """Take in the stories of some days that a source keeps; days are written as 2026-01-31."""
    given = Given(source, first, last, None, False, workers, pause, sources_file, warehouse)
    found = fill(given)
    return {name: found[name] for name in KEPT}
