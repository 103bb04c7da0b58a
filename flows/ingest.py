"""Polling as flows: one flow a source, and one that runs them all.

    python -m flows.ingest --sources flows/sources.toml --warehouse newswire.duckdb

leaves the rows that `wiredesk run` leaves.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from prefect import flow

from flows.tasks import poll
from wiredesk import settings
from wiredesk.commands import named

HERE = Path(__file__).parent / "sources.toml"


@flow(name="ingest-source", flow_run_name="ingest {source}", persist_result=False)
def ingest_source(
    source: str, sources_file: str = str(HERE), warehouse: str | None = None
) -> dict[str, int]:
    """Poll one source of the sources file into the warehouse; its ledger."""
    declared = settings.sources(Path(sources_file))
    (found,) = named(sources_file, declared, (source,))
    return poll(found, declared.contact, warehouse)


@flow(name="ingest", persist_result=False)
def ingest(
    sources_file: str = str(HERE), warehouse: str | None = None
) -> dict[str, dict[str, int]]:
    """Poll every source of the sources file, one after another: a warehouse has one writer."""
    return {
        source.id: ingest_source(source.id, sources_file, warehouse)
        for source in settings.sources(Path(sources_file)).sources
    }


def main() -> None:
    """Run `ingest` once, against the API that PREFECT_API_URL names or an ephemeral one."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--sources", default=str(HERE))
    arguments.add_argument("--warehouse")
    given = arguments.parse_args()
    ingest(given.sources, given.warehouse)


if __name__ == "__main__":
    main()
