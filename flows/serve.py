"""Deployments: each source polled on its own interval, served from this process.

PREFECT_API_URL=http://127.0.0.1:4200/api python -m flows.serve
"""

from __future__ import annotations

import argparse
from pathlib import Path

from prefect import serve
from prefect.deployments.runner import RunnerDeployment

from flows.ingest import HERE, ingest_source
from wiredesk import settings


def deployments(sources_file: Path, warehouse: str | None) -> list[RunnerDeployment]:
    """A deployment for each source, with its interval from the sources file."""
    return [
        ingest_source.to_deployment(
            name=f"poll-{source.id}",
            interval=source.every,
            tags=["poll", source.kind],
            parameters={
                "source": source.id,
                "sources_file": str(sources_file),
                "warehouse": warehouse,
            },
        )
        for source in settings.sources(sources_file).sources
    ]


def main() -> None:
    """Serve all deployments until stopped, one run at a time: a warehouse has one writer."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--sources", type=Path, default=HERE)
    arguments.add_argument("--warehouse")
    given = arguments.parse_args()
    serve(*deployments(given.sources.resolve(), given.warehouse), limit=1, pause_on_shutdown=False)


if __name__ == "__main__":
    main()
