"""`wiredesk backfill`: the command, whose work is in backfill_commands.py."""

from __future__ import annotations

import click

from wiredesk.cli_sources import SOURCES_FILE
from wiredesk.options import DASK, JSON, WAREHOUSE, WORKERS


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--from", "first", metavar="DAY", help="First day of the window, in UTC: 2026-01-01.")
@click.option("--to", "last", metavar="DAY", help="Last day of the window.")
@click.option("--dry-run", is_flag=True, help="Count and estimate; load nothing.")
@click.option("--pause", type=click.FloatRange(0), default=0.0, metavar="S",
              help="Seconds between two loads, for others who write to the warehouse.")  # fmt: skip
@click.option("--resume", metavar="ID", help="Go on with this backfill, and with no other.")
@click.option("--anew", is_flag=True, help="Plan again, whatever was planned before.")
@SOURCES_FILE
@WAREHOUSE
@WORKERS
@DASK
@JSON
def backfill(
    source: str,
    first: str | None,
    last: str | None,
    dry_run: bool,
    pause: float,
    resume: str | None,
    anew: bool,
    file: str,
    warehouse: str | None,
    workers: int | None,
    dask: str | None,
    as_json: bool,
) -> int:
    """Take in the stories of some days that a source keeps: its archive, sitemap, files, dumps.

    The same command goes on where it was stopped or killed, and loads nothing twice.

    \b
      wiredesk backfill world --from 2026-01-01 --to 2026-01-31 --dry-run
    """
    from wiredesk.backfill_commands import Given, backfill_source

    given = Given(source, first, last, resume, anew, workers, pause, file, warehouse, dask)
    return backfill_source(given, dry_run=dry_run, as_json=as_json)
