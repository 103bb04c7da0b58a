"""Options that several commands share, and the group that keeps commands in their order."""

from __future__ import annotations

import click

EPILOG = "Exit codes: 0 done, 1 done with rejects or offenders reported, 2 could not run."
FORMAT = click.option("--format", "format_", metavar="F", help="Format of the input; else guessed.")
AGENCY = click.option("--agency", metavar="A", help="Agency of the copy; else read from it.")
COLUMNS = click.option(
    "--columns",
    metavar="C",
    help="Columns of a table: text=content,date=article_date; else guessed.",
)
DASK = click.option(
    "--dask", metavar="ADDRESS", help="Read on a Dask cluster: tcp://HOST:8786, or local."
)
WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes; else one a core. With 1, all is read in this one, unguarded.",
)
WAREHOUSE = click.option(
    "--warehouse",
    metavar="FILE",
    help="Warehouse: a file, or ducklake:postgres:…, ducklake:sqlite:…; "
    "else $WIREDESK_WAREHOUSE, else newswire.duckdb.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Report as one JSON object.")


SNAPSHOT = click.option(
    "--snapshot",
    metavar="PATH",
    help="Published snapshot; else $WIREDESK_SNAPSHOT, else newswire.snapshot.",
)


class Commands(click.Group):
    """Commands in the order of a story's way, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)
