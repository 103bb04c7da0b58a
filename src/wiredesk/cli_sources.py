"""`wiredesk sources`: the commands, whose work is in source_commands.py."""

from __future__ import annotations

import click

from wiredesk.options import JSON, Commands

SOURCES_FILE = click.option(
    "--sources",
    "file",
    default="flows/sources.toml",
    show_default=True,
    type=click.Path(dir_okay=False),
    help="Where the sources are declared.",
)


@click.group(cls=Commands)
def sources() -> None:
    """Find, add, list and test sources; exchange them as OPML."""


@sources.command("list")
@SOURCES_FILE
@JSON
def sources_list(file: str, as_json: bool) -> int:
    """List the sources that can run, and say what is wrong with the others."""
    from wiredesk.source_commands import list_sources

    return list_sources(file, as_json=as_json)


@sources.command("discover")
@click.argument("url")
@click.option("--contact", default="", help="Page or address for whoever runs the site.")
@click.option("--allow", multiple=True, metavar="HOST", help="Host that may be a private address.")
@JSON
def sources_discover(url: str, contact: str, allow: tuple[str, ...], as_json: bool) -> int:
    """Find the feeds and sitemaps of a site, politely: a dozen requests at most.

    \b
      wiredesk sources discover https://news.example/
    """
    from wiredesk.source_commands import discover_sources

    return discover_sources(url, contact, allow, as_json=as_json)


@sources.command("add")
@click.argument("url")
@click.option("--kind", default="feed", show_default=True, help="feed, sitemap, pages.")
@click.option("--id", "id_", help="Its name; else made from the address.")
@click.option("--agency", metavar="A", help="Agency whose copy it is.")
@click.option("--every", type=int, help="Seconds between polls at first.")
@SOURCES_FILE
@JSON
def sources_add(
    url: str,
    kind: str,
    id_: str | None,
    agency: str | None,
    every: int | None,
    file: str,
    as_json: bool,
) -> int:
    """Add a source to the sources file, whose other lines stay as they are.

    \b
      wiredesk sources add https://news.example/feed.xml --agency reuters
    """
    from wiredesk.source_commands import add_source

    row = {"kind": kind, "url": url, "id": id_, "agency": agency, "every": every}
    return add_source(file, row, as_json=as_json)


@sources.command("test")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@SOURCES_FILE
@JSON
def sources_test(ids: tuple[str, ...], file: str, as_json: bool) -> int:
    """Fetch sources and show what they hold; loads nothing."""
    from wiredesk.source_commands import test_sources

    return test_sources(file, ids, as_json=as_json)


@sources.command("import")
@click.argument("opml", type=click.Path(dir_okay=False))
@SOURCES_FILE
@JSON
def sources_import(opml: str, file: str, as_json: bool) -> int:
    """Add every feed of an OPML list that the sources file has not."""
    from wiredesk.source_commands import import_opml

    return import_opml(file, opml, as_json=as_json)


@sources.command("export")
@SOURCES_FILE
def sources_export(file: str) -> int:
    """Print the feeds of the sources file as OPML."""
    from wiredesk.source_commands import export_opml

    click.echo(export_opml(file), nl=False)
    return 0
