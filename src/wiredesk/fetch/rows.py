"""Rows of tables to captures: blocks of JSON Lines, an object a row.

    block = { row , LF } ;                        (* at most ROWS rows, about BYTES bytes *)

A table may be larger than any memory, and its file is no payload that could be read again in part.
So blocks are what lands in the archive, each with all columns that can be copy or say something of
it, under the names that the table gives them.  The same table gives the same blocks, byte for byte;
they are read as JSON Lines, now and when they are replayed, by what the source says of its columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

import orjson

from wiredesk.batch import Reject
from wiredesk.errors import Rejected
from wiredesk.fetch.packed import Budget
from wiredesk.formats.csv_table import STRAY, CsvTable
from wiredesk.formats.jsonl import MEDIA_TYPE
from wiredesk.model import Capture, Json

Row = Json | Rejected  #: or why a row cannot be read; reading goes on with the next
Made = tuple[str, str, datetime]  #: source, locator of the table, when it was opened

ROWS = 2000  #: of a block; a transaction's worth
BYTES = 8 << 20  # of a block; twice that in fields of one row is no story
CELL = 16 << 20  # characters of a field; the csv module's own limit is 128 KB


def blocks(rows: Iterable[Row], of: Made, budget: Budget) -> Iterator[Capture | Reject]:
    """Rows as captures, a block each; what cannot be read is a reject between them."""
    block = bytearray()
    first = n = 0
    try:
        for n, row in enumerate(rows):
            if isinstance(row, Rejected):
                yield _reject(of, row)
                continue
            line = orjson.dumps(row, default=_plain)
            if len(line) > 2 * BYTES:
                yield _reject(of, Rejected("too_large", "a row of over 16 MB", f"row {n + 1}"))
                continue
            if block and (n - first >= ROWS or len(block) + len(line) > BYTES):
                budget.take(len(block))
                yield _block(of, first, n - first, block)
                block.clear()
            if not block:
                first = n
            block += line + b"\n"
    except Rejected as no:
        if block:
            yield _block(of, first, n - first + 1, block)
        yield _reject(of, no)
    else:
        if block:
            yield _block(of, first, n - first + 1, block)


def csv_rows(stream: io.BufferedReader, table: CsvTable) -> Iterator[Row]:
    """The rows of a CSV file below its header.  Cells without a word are left out."""
    csv.field_size_limit(CELL)
    text = io.TextIOWrapper(stream, table.charset, STRAY, newline="")
    reader = csv.reader(text, delimiter=table.delimiter)
    names, width = table.names, len(table.names)
    try:
        next(reader)
        for n, cells in enumerate(filter(None, reader), 1):
            if len(cells) > width and any(cells[width:]):
                said = f"a row of {len(cells)} cells under a header of {width}"
                yield Rejected("csv_invalid", said, f"row {n}")
                continue
            yield {
                name: cell
                for name, cell in zip(names, cells, strict=False)
                if name and cell.strip()
            }
    except csv.Error as no:
        raise Rejected("csv_invalid", str(no), f"line {reader.line_num}") from no
    finally:
        text.detach()


def _block(of: Made, first: int, count: int, block: bytearray) -> Capture:
    source, locator, at = of
    body = bytes(block)
    return Capture(
        *(source, f"{locator}#{first}+{count}", body, at, sha256(body).hexdigest()),
        media_type=MEDIA_TYPE,
    )


def _reject(of: Made, no: Rejected) -> Reject:
    return Reject("fetch", of[1], no.code, no.detail, no.where)


def _plain(value: object) -> object:
    """What JSON has no word for, decimals for one."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
