"""`wiredesk sources …`: what `cli.py` calls, and how it is printed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from wiredesk import places, settings, sources
from wiredesk.errors import FetchError, UserError
from wiredesk.fetch.http import Web
from wiredesk.ingest import now
from wiredesk.model import Json, Source

SHOWN = ("id", "kind", "url", "title", "items", "newest", "every", "agency", "language", "error")


def list_sources(file: str, *, as_json: bool) -> int:
    """Exit code 0, or 1 with wrong tables."""
    declared = settings.sources(Path(file))
    _print(sources.listed(declared), as_json=as_json)
    for no in declared.errors:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"wiredesk: {no}", markup=False)
    return 1 if declared.errors else 0


def add_source(file: str, row: Json, *, as_json: bool) -> int:
    """Append a table to the sources file."""
    _print([sources.added(Path(file), row)], as_json=as_json)
    return 0


def test_sources(file: str, ids: Sequence[str], *, as_json: bool) -> int:
    """Fetch sources without loading anything; exit code 1 where one fails."""
    declared = settings.sources(Path(file))
    wanted = [source for source in declared.sources if not ids or source.id in ids]
    if missing := set(ids) - {source.id for source in wanted}:
        raise UserError(f"{file} has no source {min(missing)!r} that can run")
    secrets, unset = settings.secrets(wanted, os.environ)
    wanted = [source for source in wanted if not source.credentials or source.id in secrets]
    rows: list[Json] = [{"error": str(no)} for no in unset]

    async def each() -> None:
        async with Web(contact=declared.contact, now=now, secrets=secrets) as web:
            for source in wanted:
                rows.append(await sources.tested(web, source, places.load(), now()))  # noqa: PERF401

    asyncio.run(each())
    if as_json:
        _print(rows, as_json=True)
    else:
        console = Console(highlight=False, soft_wrap=True)
        for row in rows:
            for key, value in row.items():
                if value not in (None, [], {}):
                    console.print(f"{key:>12}  {value}", markup=False)
            console.print()
    return 1 if any(row.get("error") for row in rows) else 0


def discover_sources(url: str, contact: str, allow: Sequence[str], *, as_json: bool) -> int:
    """The feeds and sitemaps of a site; exit code 1 where there are none."""
    asking = Source("discover", "pages", url, allow=tuple(allow))

    async def ask() -> list[Json]:
        async with Web(contact=contact, now=now) as web:
            return await sources.discovered(web, asking, places.load())

    try:
        rows = asyncio.run(ask())
    except FetchError as no:
        raise UserError(str(no)) from no
    _print(rows, as_json=as_json)
    return 0 if rows else 1


def import_opml(file: str, opml: str, *, as_json: bool) -> int:
    """Append every feed of an OPML list; exit code 1 where some were left out."""
    try:
        found = sources.imported(Path(file), Path(opml).read_bytes())
    except OSError as no:
        raise UserError(f"{opml}: {no.strerror}") from no
    if as_json:
        Console(highlight=False).out(orjson.dumps(found).decode())
    else:
        _print(found["added"], as_json=False)
        console = Console(highlight=False, soft_wrap=True)
        for row in found["skipped"]:
            console.print(f"left out: {row['url']}: {row['why']}", markup=False)
    return 1 if found["skipped"] else 0


def export_opml(file: str) -> bytes:
    """The feeds of a sources file as OPML."""
    return sources.exported(settings.sources(Path(file)))


def _print(rows: Sequence[Json], *, as_json: bool) -> None:
    console = Console(highlight=False)
    if as_json:
        for row in rows:
            console.out(orjson.dumps(row, default=str).decode(), highlight=False)
        return
    columns = [name for name in SHOWN if any(row.get(name) is not None for row in rows)]
    table = Table(box=None)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*("" if row.get(name) is None else str(row[name]) for name in columns))
    if columns:
        console.print(table)
