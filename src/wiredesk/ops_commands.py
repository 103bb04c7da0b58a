"""`wiredesk migrate` and `metrics`: what those ask who keep it running."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import takewhile

import orjson
from rich.console import Console

from wiredesk import metrics, settings
from wiredesk.database import sql_of
from wiredesk.errors import UserError
from wiredesk.lake import lake_of
from wiredesk.status import schema_of, size_of, there
from wiredesk.warehouse import Warehouse


def migrate_command(warehouse: str | None, *, dry_run: bool, as_json: bool) -> int:
    """`wiredesk migrate`: bring a warehouse's schema up to this program's; exit code 0."""
    path = settings.warehouse_path(warehouse)
    there(path)
    with Warehouse(path, read_only=True) as found:
        schema_of(found)  # nothing is added to a database that is another's
        waiting, shown = found.wanting(), found.path
    if waiting and not dry_run:
        with Warehouse(path):  # opening it to write brings it up to date
            pass
    console = Console(highlight=False, soft_wrap=True)
    if as_json:
        told = {"warehouse": shown, "waiting": waiting, "applied": [] if dry_run else waiting}
        console.out(orjson.dumps(told).decode())
        return 0
    for name in waiting:
        console.print(f"{'waits' if dry_run else 'done'}  {name}  {_first_comment(name)}".rstrip())
    if not waiting:
        console.print(f"{shown} is up to date")
    elif dry_run:
        console.print(_backup(path))
    return 0


def metrics_command(warehouse: str | None) -> int:
    """`wiredesk metrics`: what Prometheus reads, as text."""
    path = settings.warehouse_path(warehouse)
    there(path)
    with Warehouse(path, read_only=True) as found:
        if schema_of(found)["waiting"]:
            raise UserError(f"{found.path} has an older schema: run wiredesk migrate")
        text = metrics.text(found, datetime.now(UTC))
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
    return 0


def _first_comment(name: str) -> str:
    if not name[0].isdigit():
        return "the views of mart, made afresh"
    lines = takewhile(lambda line: line.startswith("-- "), sql_of("migrations", name).splitlines())
    return " ".join(line.removeprefix("-- ") for line in lines)


def _backup(path: str) -> str:
    if lake_of(path):
        return "Nothing was changed.  There is no way back: dump the lake's catalog first."
    return (
        f"Nothing was changed.  There is no way back: while nothing writes it, keep a copy first "
        f"({size_of(path) / 1e6:,.1f} MB):\n  cp {path} {path}.before"
    )
