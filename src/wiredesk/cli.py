"""The command line.  No logic: each command gathers its arguments and calls the stages.

Exit codes: 0 done; 1 done, with rejects or offenders reported; 2 could not run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wiredesk import __version__
from wiredesk.cli_analysts import desk, export, publish, search
from wiredesk.cli_backfill import backfill
from wiredesk.cli_bench import bench
from wiredesk.cli_ops import metrics, migrate, status
from wiredesk.cli_replay import replay
from wiredesk.cli_sources import SOURCES_FILE, sources
from wiredesk.errors import UserError
from wiredesk.options import AGENCY, COLUMNS, EPILOG, FORMAT, JSON, WAREHOUSE, WORKERS, Commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wiredesk")
def cli() -> None:
    """News-wire copy, from bytes to tables.

    \b
    Look at copy:      wiredesk read story.txt | head
                       wiredesk explain story.txt
    Load it:           wiredesk ingest archive.jsonl.gz --warehouse newswire.duckdb
    Poll sources:      wiredesk run --sources flows/sources.toml --warehouse newswire.duckdb
    Prove it:          wiredesk check --warehouse newswire.duckdb
    Ask it:            wiredesk publish; wiredesk search 'soy growers'; wiredesk desk
    """
    from wiredesk import logs, settings

    logs.begin(settings.log_level())


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…|-")
@FORMAT
@AGENCY
@COLUMNS
@WORKERS
def read(
    paths: tuple[str, ...],
    format_: str | None,
    agency: str | None,
    columns: str | None,
    workers: int | None,
) -> int:
    """Print canonical stories, one JSON object a line, in input order.

    Touches no warehouse.  What cannot be read prints {"id", "rejected", "detail"} in its place,
    and what is no story (a package, a picture, a schema) {"id", "dropped", "detail"}.

    \b
      wiredesk read story.txt
      zcat wire.jsonl.gz | wiredesk read - --format jsonl
    """
    from wiredesk.formats.columns import parsed
    from wiredesk.reading import read_paths

    rejects = 0
    write = sys.stdout.buffer.write
    for lines, turned_away in read_paths(paths, format_, agency, workers, parsed(columns)):
        write(lines)
        rejects += turned_away
    sys.stdout.buffer.flush()
    return 1 if rejects else 0


@cli.command()
@JSON
def formats(as_json: bool) -> int:
    """List the formats that are read, and how each is recognised.

    \b
      wiredesk formats
      wiredesk read --format nitf story.xml
    """
    from wiredesk.format_commands import list_formats

    list_formats(as_json=as_json)
    return 0


@cli.command()
@click.argument("path", metavar="PATH|-")
@FORMAT
@AGENCY
@COLUMNS
@click.option("--nth", default=1, show_default=True, help="Which story, where there are several.")
def explain(
    path: str, format_: str | None, agency: str | None, columns: str | None, nth: int
) -> int:
    """Show one story for a person: what was read in it, where, and by which rule.

    \b
      wiredesk explain story.txt
      wiredesk explain archive.jsonl --nth 17
    """
    from wiredesk.explain import explain as show
    from wiredesk.formats.columns import parsed
    from wiredesk.reading import nth_story

    show(nth_story(path, format_, agency, nth, parsed(columns)), _console())
    return 0


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL…")
@FORMAT
@AGENCY
@COLUMNS
@click.option("--source", default="adhoc", show_default=True, help="Source to file them under.")
@WAREHOUSE
@WORKERS
@JSON
def ingest(
    paths: tuple[str, ...],
    format_: str | None,
    agency: str | None,
    columns: str | None,
    source: str,
    warehouse: str | None,
    workers: int | None,
    as_json: bool,
) -> int:
    """Read files, folders or addresses and load them into the warehouse.

    Can be stopped at any moment and run again: what is loaded is never loaded twice.

    \b
      wiredesk ingest archive.jsonl.gz --warehouse newswire.duckdb
      wiredesk ingest drop/ https://news.example/feed.xml --source morning
      wiredesk ingest dump.parquet --columns text=content,date=article_date
    """
    from wiredesk.commands import ingest_paths

    return ingest_paths(
        paths, format_, agency, source, warehouse, workers, columns, as_json=as_json
    )


@cli.command()
@SOURCES_FILE
@click.option("--only", multiple=True, metavar="ID", help="Poll these sources, due or not.")
@click.option("--all", "every", is_flag=True, help="Poll all sources, due or not.")
@WAREHOUSE
@WORKERS
@JSON
@click.option("--highlights", is_flag=True, help="End with top reporters, places and queries.")
def run(
    file: str,
    only: tuple[str, ...],
    every: bool,
    warehouse: str | None,
    workers: int | None,
    as_json: bool,
    highlights: bool,
) -> int:
    """One pass over the sources that are due: poll, follow, read, decide, load.

    \b
      wiredesk run --sources flows/sources.toml --warehouse newswire.duckdb
      wiredesk run --only world --only business
    """
    from wiredesk.commands import run_sources

    return run_sources(
        *(file, only, warehouse, workers),
        every=every,
        as_json=as_json,
        highlights=highlights,
    )


@cli.command()
@WAREHOUSE
@JSON
def clusters(warehouse: str | None, as_json: bool) -> int:
    """Say of every item which story, running story and cluster of copies it belongs to.

    \b
      wiredesk clusters --json | head
    """
    from wiredesk.commands import print_clusters

    return print_clusters(warehouse, as_json=as_json)


@cli.command()
@click.argument("story", metavar="STORY")
@WAREHOUSE
@JSON
def diff(story: str, warehouse: str | None, as_json: bool) -> int:
    """Show what each version of a story changed.

    STORY is its key, its id, its address, or a piece of its headline.

    \b
      wiredesk diff 'soy growers' --warehouse newswire.duckdb
    """
    from wiredesk.commands import print_diff

    return print_diff(story, warehouse, as_json=as_json)


@cli.command()
@WAREHOUSE
@JSON
def check(warehouse: str | None, as_json: bool) -> int:
    """Prove the warehouse: uniqueness, no orphans, a ledger that balances, offsets inside texts.

    Prints the offenders of each check; exit code 1 if there are any.
    """
    from wiredesk.commands import check_warehouse

    return check_warehouse(warehouse, as_json=as_json)


@cli.command()
@click.argument("folder", default="tests/corpus", type=click.Path(file_okay=False))
@click.option("--show", default=0, metavar="N", help="Show N failures of each measure.")
@click.option("--update", is_flag=True, help="Raise the folder's floors.json to these figures.")
@click.option("--allow-lower", is_flag=True, help="With --update: lower floors too.")
@JSON
def score(folder: str, show: int, update: bool, allow_lower: bool, as_json: bool) -> int:
    """Score labelled copy, and compare with the folder's floors.json.

    Exit code 1 where a figure is below its floor.

    \b
      wiredesk score tests/corpus --show 5
    """
    from wiredesk.commands import score_folder

    return score_folder(folder, show, update=update, allow_lower=allow_lower, as_json=as_json)


LOADING = (backfill, replay)
READING = (publish, search, export, desk)
KEEPING = (status, migrate, metrics, sources, bench)
for command in (*LOADING, *READING, *KEEPING):
    cli.add_command(command)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


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
