"""What analysts run: publish, search, export, the desk."""

from __future__ import annotations

import click

from wiredesk.options import JSON, SNAPSHOT, WAREHOUSE


@click.command()
@click.option("--to", metavar="PATH", help="Folder or s3://bucket/prefix; else as --snapshot.")
@click.option("--keep", default=5, show_default=True, help="How many snapshots stay.")
@WAREHOUSE
@JSON
def publish(to: str | None, keep: int, warehouse: str | None, as_json: bool) -> int:
    """Publish a snapshot: immutable Parquet by month, marts, search, one file to open.

    Checks must pass first; readers of the snapshot before are not disturbed.

    \b
      wiredesk publish --warehouse newswire.duckdb --to newswire.snapshot
      duckdb -readonly newswire.snapshot/newswire.duckdb
    """
    from wiredesk.publish_commands import publish_command

    return publish_command(to, keep, warehouse, as_json=as_json)


@click.command()
@click.argument("words")
@click.option("--place", metavar="P", help="Place in the dateline, or ISO country.")
@click.option("--person", metavar="NAME", help="In the byline or the sign-off.")
@click.option("--agency", metavar="A", help="Whose copy it is.")
@click.option("--since", metavar="DAY", help="Made on this day or later: 2026-03-31.")
@click.option("--until", metavar="DAY", help="Made on this day or sooner.")
@click.option("--limit", default=10, show_default=True, help="How many to show.")
@SNAPSHOT
@JSON
def search(
    words: str,
    place: str | None,
    person: str | None,
    agency: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    snapshot: str | None,
    as_json: bool,
) -> int:
    """Find stories by the words of headline and body, the best first.

    All words must stand in a story; OR, -word and "a phrase" say otherwise.  Accents do not matter.
    A phrase is looked for among the best stories that hold its words, ten for each that is shown.

    \b
      wiredesk search 'soy growers'
      wiredesk search '"dock strike" OR walkout' --place NO --since 2026-05-01
    """
    from wiredesk import settings
    from wiredesk.search_commands import search_command

    return search_command(
        settings.snapshot_path(snapshot),
        *(words, place, person, agency, since, until, limit),
        as_json=as_json,
    )


@click.command()
@click.argument("what", metavar="MART|TABLE|SELECT")
@click.option("--to", metavar="FILE|FOLDER/", help="Where to; else standard output.")
@click.option(
    "--format", "format_", metavar="F", help="parquet, csv, jsonl, ninjs; else by the end of --to."
)
@click.option("--snapshot", metavar="PATH", help="Read a published snapshot, not the warehouse.")
@WAREHOUSE
def export(
    what: str, to: str | None, format_: str | None, snapshot: str | None, warehouse: str | None
) -> int:
    """Write a mart, a table or what a SELECT reads to a file; stories also as IPTC ninjs.

    \b
      wiredesk export credits_by_person --to credits.csv
      wiredesk export 'SELECT name, place FROM wire.credits' --format jsonl
      wiredesk export stories --format ninjs --to items/
    """
    from wiredesk.export_commands import export_command

    return export_command(what, to, format_, snapshot, warehouse)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(0, 65535), default=2718, show_default=True)
@click.option("--no-browser", is_flag=True, help="Open no browser.")
@SNAPSHOT
def desk(host: str, port: int, no_browser: bool, snapshot: str | None) -> int:
    """Look at the wire in a browser: stories, maps, bylines, sources, SQL of your own.

    \b
      wiredesk desk --snapshot newswire.snapshot
    """
    from wiredesk import settings
    from wiredesk.desk.serve import desk_command

    return desk_command(
        settings.snapshot_path(snapshot), host=host, port=port, browser=not no_browser
    )
