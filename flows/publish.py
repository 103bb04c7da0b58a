"""Publishing as a flow: a snapshot for readers, unless checks find offenders."""

from __future__ import annotations

from typing import Annotated

from prefect import flow
from prefect.assets import materialize
from pydantic import Field

from flows.assets import loaded, shown
from flows.limits import alone
from flows.showing import show, tell
from flows.tasks import AGAIN, HOUR, told
from wiredesk.errors import UserError
from wiredesk.model import Json
from wiredesk.publish import KEEP
from wiredesk.upkeep.publishing import Shown, published
from wiredesk.upkeep.reports import publish_report


@materialize(
    "parquet://snapshot",  # which one is known when it runs
    name="publish",
    timeout_seconds=HOUR,
    **AGAIN,
)
def publish_all(to: str | None, keep: int, warehouse: str | None) -> Shown:
    """Publish what the warehouse holds.  Raises UserError where checks found offenders."""
    found = published(to, keep, warehouse)
    show("publish", publish_report(found.done))
    tell(found.troubles)
    if found.troubles:
        raise UserError(f"not published: {'; '.join(t.said for t in found.troubles)}")
    return found


@flow(name="publish", persist_result=False)
@told
def publish(
    to: str | None = None,
    keep: Annotated[int, Field(ge=1, le=100)] = KEEP,
    warehouse: str | None = None,
) -> Json:
    """Publish a snapshot of the warehouse; which, and how large it is."""
    here = publish_all.with_options(assets=[shown(to, warehouse)], asset_deps=[loaded(warehouse)])
    with alone(warehouse):
        done = here(to, keep, warehouse).done
    return {"snapshot": done.id, "bytes": done.bytes, "months": list(done.months)}
