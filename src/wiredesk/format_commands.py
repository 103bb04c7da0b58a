"""`wiredesk formats`: what is read, and how each is recognised."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from wiredesk import formats

#: what holds other files or many stories; fetch/opening.py tells them by their first bytes
HOLDERS = {
    "zip, tar": "each member, told by its content; no links, no names that lead out",
    "gz, zst, bz2, xz": "what is packed, three times over at most",
    "warc": "the pages among its responses; checked by their digests",
    "parquet, duckdb": "a story a row; columns guessed by their names, or named by --columns",
    "csv": "the same; told by a first line that names its columns",
}


def list_formats(*, as_json: bool) -> None:
    """Every format, in the order in which content is tried, and what may hold them."""
    console = Console(highlight=False)
    found = {name: known.about for name, known in formats.FORMATS.items()} | HOLDERS
    if as_json:
        rows = [{"format": name, "recognised": about} for name, about in found.items()]
        console.print_json(data=rows)
        return
    table = Table("format", "recognised", box=None, pad_edge=False)
    for name, about in found.items():
        table.add_row(name, escape(about))
    console.print(table)
