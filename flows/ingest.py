"""Polling as a flow: one pass over the sources that are due, or those that are named.

    python -m flows.ingest --sources flows/sources.toml --warehouse newswire.duckdb

leaves the rows that `wiredesk run` leaves.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Annotated

from prefect import flow, get_run_logger
from prefect.assets import materialize
from pydantic import Field

from flows.assets import archive, loaded
from flows.limits import laid_out, polling, writer
from flows.showing import show_ledger, tell
from flows.tasks import AGAIN, HOUR, server, told
from wiredesk.errors import UserError
from wiredesk.model import Json
from wiredesk.upkeep.passes import Asked, Passed, asked, passed

HERE = Path(__file__).parent / "sources.toml"


@materialize(
    "duckdb://warehouse",  # which one is known when it runs
    name="poll",
    timeout_seconds=HOUR,
    **AGAIN,
)
def poll_all(wanted: Asked, warehouse: str | None, workers: int | None) -> Passed:
    """Poll these sources and load what they have."""
    return passed(wanted, warehouse, workers)


@flow(name="poll", persist_result=False)
@told
def poll(
    sources_file: str = str(HERE),
    warehouse: str | None = None,
    only: list[str] | None = None,
    workers: Annotated[int, Field(ge=1, le=64)] | None = None,
) -> dict[str, Json]:
    """Poll the sources that are due by what the warehouse knows of them, or those in `only`.

    The ledger, by source.
    """
    with polling(warehouse):
        wanted = asked(sources_file, only or (), warehouse)
        if not wanted.sources:  # as in most minutes: a task would only add to the log
            return {}
        for line in wanted.wrong:
            get_run_logger().warning(line)
        here = poll_all.with_options(assets=[loaded(warehouse)], asset_deps=archive(warehouse))
        came = here(wanted, warehouse, workers)
    show_ledger(came)
    tell(came.troubles)
    return {row["source"]: row for row in came.ledger}


def main() -> None:
    """Run `poll` once, against the API that PREFECT_API_URL names or an ephemeral one."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--sources", default=str(HERE))
    arguments.add_argument("--warehouse")
    arguments.add_argument("--workers", type=int)
    given = arguments.parse_args()
    try:
        with server() as client:
            laid_out(client, [writer(given.warehouse)])
        ended = poll(given.sources, given.warehouse, workers=given.workers, return_state=True)
    except UserError as no:
        sys.stderr.write(f"flows.ingest: {no}\n")
        sys.exit(2)
    if not ended.is_completed():
        sys.stderr.write(f"flows.ingest: {ended.message}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
