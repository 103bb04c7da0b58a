"""The daily report as a flow: checks, completeness, sources, labelled copy."""

from __future__ import annotations

from prefect import flow, task

from flows.limits import alone
from flows.showing import show, tell
from flows.tasks import AGAIN, HOUR, told
from wiredesk.model import Json
from wiredesk.upkeep.quality import Quality, assessed
from wiredesk.upkeep.reports import quality_report


@task(
    name="assess",
    timeout_seconds=HOUR,
    **AGAIN,
)
def assess(warehouse: str | None, labelled: str | None) -> Quality:
    """Look at the warehouse, and at labelled copy."""
    return assessed(warehouse, labelled)


@flow(name="quality", persist_result=False)
@told
def quality(
    warehouse: str | None = None, labelled: str | None = None, desk: str | None = None
) -> Json:
    """Report on a warehouse, and on how well the copy of a folder `labelled` is read.

    `desk` is the address of the desk, for a link.
    """
    with alone(warehouse):
        found = assess(warehouse, labelled)
    show("quality", quality_report(found, desk))
    tell(found.troubles)
    return {"troubles": len(found.troubles), "offenders": sum(found.checks.values())}
