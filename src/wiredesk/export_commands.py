"""`wiredesk export`: a mart, a table or a query into a file or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from rich.console import Console

from wiredesk import settings
from wiredesk.database import Database, first_line
from wiredesk.errors import UserError
from wiredesk.export import PACKED, format_of, of_stories, statement_of, tell_apart
from wiredesk.export_files import WRITERS, whole, write_items
from wiredesk.lake import lake_of
from wiredesk.snapshot import Snapshot


def export_command(
    what: str, to: str | None, format_: str | None, snapshot: str | None, warehouse: str | None
) -> int:
    """`wiredesk export`: exit code 0; raises UserError for what cannot be read or written."""
    to = None if to == "-" else to
    form = format_of(to, format_)
    if to is None and form == "parquet" and sys.stdout.isatty():
        raise UserError("Parquet is not for a terminal: name a file with --to")
    with _opened(snapshot, warehouse) as database:
        asked = (of_stories if form == "ninjs" else statement_of)(database, what)
        found = database.batches(asked)
        tell_apart(found.schema.names)
        try:
            count = _write(found, form, to)
        except BrokenPipeError:
            raise
        except OSError as no:
            if no.errno is None:  # Arrow's way to pass on what the query said in mid-stream
                raise UserError(first_line(no)) from no
            raise UserError(f"{to or 'standard output'}: {os.strerror(no.errno)}") from no
        except (pa.ArrowException, ValueError, OverflowError) as no:
            raise UserError(first_line(no)) from no
    if to is not None:
        noun = "row" if form != "ninjs" else "item"
        plural = "" if count == 1 else "s"
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"{count:,} {noun}{plural} in {to}", markup=False
        )
    return 0


def _write(found: pa.RecordBatchReader, form: str, to: str | None) -> int:
    if to is None:
        return _poured(found, form, sys.stdout.buffer)
    path = Path(to).resolve()  # a link stays a link, and what it points to is replaced
    if form == "ninjs" and (to.endswith("/") or path.is_dir()):
        if path.is_dir() and any(path.iterdir()):
            # a story withdrawn since would stay in it
            raise UserError(f"{to} is not empty: name a new folder, or empty this one")
        with whole(path) as part:
            return write_items(found, part)
    if path.is_dir() or to.endswith("/"):
        raise UserError(f"{to} is a folder: name a file")
    if path.exists() and not path.is_file():  # a pipe or a device is written to, never replaced
        with path.open("wb") as out:
            return _poured(found, form, out)
    packed = PACKED.get(path.suffix) if form != "parquet" else None
    with whole(path) as part, pa.output_stream(str(part), compression=packed) as sink:
        return WRITERS[form](found, sink)


def _poured(found: pa.RecordBatchReader, form: str, out: BinaryIO) -> int:
    count = WRITERS[form](found, out)
    out.flush()
    return count


@contextmanager
def _opened(snapshot: str | None, warehouse: str | None) -> Iterator[Database]:
    """The snapshot or warehouse to read."""
    if snapshot:
        with Snapshot(snapshot) as found:
            yield found
        return
    path = settings.warehouse_path(warehouse)
    if not lake_of(path) and not Path(path).exists():
        raise UserError(f"{path}: no such warehouse; wiredesk ingest or run makes one")
    with Database(path, read_only=True) as found:
        yield found
