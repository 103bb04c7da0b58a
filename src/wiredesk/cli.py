"""The command line.  No logic: each command gathers its arguments and calls the stages.

Exit codes: 0 done; 1 done, with rejects or offenders reported; 2 could not run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wiredesk import __version__
from wiredesk.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

EPILOG = "Exit codes: 0 done, 1 done with rejects or offenders reported, 2 could not run."
FORMAT = click.option("--format", "format_", metavar="F", help="Format of the input; else guessed.")
AGENCY = click.option("--agency", metavar="A", help="Agency of the copy; else read from it.")
WORKERS = click.option("--workers", type=click.IntRange(1, 64), help="Processes; else one a core.")


class Commands(click.Group):
    """Commands in the order of a story's way, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wiredesk")
def cli() -> None:
    """News-wire copy, from bytes to tables.

    \b
    Look at copy:      wiredesk read story.txt | head
                       wiredesk explain story.txt
    Load it:           wiredesk ingest archive.jsonl.gz --warehouse wire.duckdb
    Poll sources:      wiredesk run --sources flows/sources.toml --warehouse wire.duckdb
    Prove it:          wiredesk check --warehouse wire.duckdb
    """


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…|-")
@FORMAT
@AGENCY
@WORKERS
def read(
    paths: tuple[str, ...], format_: str | None, agency: str | None, workers: int | None
) -> int:
    """Print canonical stories, one JSON object a line, in input order.

    Touches no warehouse.  What cannot be read prints {"id", "rejected", "detail"} in its place.

    \b
      wiredesk read story.txt
      zcat wire.jsonl.gz | wiredesk read - --format jsonl
    """
    from wiredesk.reading import read_paths

    rejects = 0
    write = sys.stdout.buffer.write
    for lines, turned_away in read_paths(paths, format_, agency, workers):
        write(lines)
        rejects += turned_away
    sys.stdout.buffer.flush()
    return 1 if rejects else 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; user errors become one line on standard error and exit code 2."""
    try:
        code = cli.main(args=arguments, prog_name="wiredesk", standalone_mode=False)
    except click.ClickException as no:
        no.show()
        sys.exit(2)
    except UserError as no:
        click.echo(f"wiredesk: {no}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("wiredesk: stopped", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # `wiredesk read … | head`: the reader has seen enough
        Path("/dev/null").open("w").close()
        sys.stderr.close()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
