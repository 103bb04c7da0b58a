"""`wiredesk formats`: what is read, and how each is recognised."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from wiredesk import formats


def list_formats(*, as_json: bool) -> None:
    """Every format, in the order in which content is tried."""
    console = Console(highlight=False)
    if as_json:
        rows = [
            {"format": name, "recognised": known.about} for name, known in formats.FORMATS.items()
        ]
        console.print_json(data=rows)
        return
    table = Table("format", "recognised", box=None, pad_edge=False)
    for name, known in formats.FORMATS.items():
        table.add_row(name, escape(known.about))
    console.print(table)
