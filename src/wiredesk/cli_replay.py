"""`wiredesk replay`: the command, whose work is in replays/."""

from __future__ import annotations

import click

from wiredesk.options import DASK, JSON, WAREHOUSE, WORKERS


@click.command()
@click.option("--since", metavar="DAY", help="Only what came in on this day or later.")
@click.option("--source", metavar="ID", help="Only what this source brought.")
@click.option("--where", metavar="SQL", help="Only versions for which this holds: agency = 'AP'.")
@click.option("--diff", is_flag=True, help="Only say what would change.")
@click.option("--rejects", is_flag=True, help="Read rejects again, and load what can be read now.")
@click.option(
    "--from-archive",
    type=click.Path(file_okay=False),
    help="Rebuild an empty warehouse from this archive.",
)
@click.option(
    "--sources",
    "sources_file",
    type=click.Path(dir_okay=False),
    help="Sources file, for archives that do not say how their payloads are read.",
)
@WAREHOUSE
@WORKERS
@DASK
@JSON
def replay(
    since: str | None,
    source: str | None,
    where: str | None,
    diff: bool,
    rejects: bool,
    from_archive: str | None,
    sources_file: str | None,
    warehouse: str | None,
    workers: int | None,
    dask: str | None,
    as_json: bool,
) -> int:
    """Read the archive again by today's rules, and put right what they read otherwise.

    Nothing is fetched.  It can be stopped at any moment and run again; what is right stays.

    \b
      wiredesk replay --diff
      wiredesk replay --source world --since 2026-05-01
      wiredesk replay --from-archive newswire.archive --warehouse anew.duckdb
    """
    from wiredesk.replay_commands import replay_command

    return replay_command(
        *(since, source, where, from_archive, sources_file, warehouse, workers, dask),
        rejects=rejects,
        diff=diff,
        as_json=as_json,
    )
