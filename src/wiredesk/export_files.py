"""Rows into files, in batches: Parquet, CSV, JSON Lines, ninjs.

Intervals are DuckDB's text in every format.  In CSV and JSON Lines instants are ISO 8601 with Z and
bytes are Base64.  CSV is quoted as RFC 4180 says, with JSON for lists and structs; a null is empty
and an empty text is quoted.  No cell is changed for fear that a spreadsheet takes it for a formula:
import it as text.  In JSON Lines keys (integers called `…_id`) are text, because programs that read
numbers as floats would round them.
"""

from __future__ import annotations

import os
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from wiredesk.errors import UserError
from wiredesk.ninjs_out import ninjs

#: a group of rows of a Parquet file: this many, or fewer where they are long
GROUP_ROWS = 122_880
GROUP_BYTES = 64 << 20
JSON = orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS

Row = dict[str, Any]


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name beside `path` to write under: it takes the place of `path` once it is whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except BaseException:
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
        raise


def write_parquet(found: pa.RecordBatchReader, out: BinaryIO) -> int:
    """Write a Parquet file; how many rows it holds."""
    count = 0
    with pa.parquet.ParquetWriter(out, found.schema, compression="zstd") as writer:
        for group in _groups(found):
            writer.write_table(group)
            count += group.num_rows
    return count


def _groups(found: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Batches gathered until they are worth a group, which readers take or skip as a whole."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in found:
        waiting.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= GROUP_ROWS or size >= GROUP_BYTES:
            yield pa.Table.from_batches(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def write_csv(found: pa.RecordBatchReader, out: BinaryIO) -> int:
    """Write a CSV file with a head; how many rows it holds."""
    count = 0
    empty = pa.RecordBatch.from_pylist([], found.schema)
    with pa.csv.CSVWriter(out, _flat(empty).schema) as writer:
        for batch in found:
            writer.write_batch(_flat(batch))
            count += batch.num_rows
    return count


def write_json(found: pa.RecordBatchReader, out: BinaryIO) -> int:
    """Write a JSON object a line; how many."""
    count = 0
    names = found.schema.names
    for batch in found:
        columns = [_values(*column) for column in zip(names, batch.columns, strict=True)]
        lines = [_json(dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]
        out.write(b"".join(lines))
        count += batch.num_rows
    return count


def write_ninjs(found: pa.RecordBatchReader, out: BinaryIO) -> int:
    """Write a ninjs item a line; how many."""
    count = 0
    for row in _stories(found):
        out.write(_json(ninjs(row)))
        count += 1
    return count


def write_items(found: pa.RecordBatchReader, folder: Path) -> int:
    """Write a file a ninjs item into a new folder, named by the story's key; how many."""
    count = 0
    folder.mkdir()
    for row in _stories(found):
        name = f"{row['story_id'] & 0xFFFF_FFFF_FFFF_FFFF:016x}.json"
        (folder / name).write_bytes(_json(ninjs(row)))
        count += 1
    return count


WRITERS: dict[str, Callable[[pa.RecordBatchReader, BinaryIO], int]] = {
    "parquet": write_parquet,
    "csv": write_csv,
    "jsonl": write_json,
    "ninjs": write_ninjs,
}


def _stories(found: pa.RecordBatchReader) -> Iterator[Row]:
    for batch in found:
        yield from batch.to_pylist()


def _values(name: str, column: pa.Array) -> list[Any]:
    """A column's values as orjson takes them."""
    if pa.types.is_integer(column.type) and name.endswith("_id"):
        column = column.cast(pa.string())
    elif pa.types.is_temporal(column.type):
        column = _times(column)
    return column.to_pylist(maps_as_pydicts="lossy")  # type: ignore[no-any-return]


def _flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch whose columns are all of types that CSV can hold."""
    columns = list(batch.columns)
    for n, column in enumerate(columns):
        kind = column.type
        if pa.types.is_temporal(kind):
            columns[n] = _times(column)
        elif pa.types.is_dictionary(kind):
            columns[n] = column.cast(kind.value_type)
        elif pa.types.is_nested(kind) or pa.types.is_binary(kind):
            values = column.to_pylist(maps_as_pydicts="lossy")
            columns[n] = pa.array([_cell(value) for value in values], pa.string())
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _times(column: pa.Array) -> pa.Array:
    """ISO 8601 text of instants, times or days, without a fraction that is naught.

    By hand, for want of a table of time zones on small machines.
    """
    zoned = getattr(column.type, "tz", None)
    plain = column.cast(pa.timestamp(column.type.unit)) if zoned else column
    text = plain.cast(pa.string())
    if pc.any(pc.match_substring(text, "out of range")).as_py():
        raise UserError("a time is infinite or beyond all calendars: cast it to text, or leave it")
    text = pc.replace_substring_regex(text, r"\.0+$", "")
    text = pc.replace_substring(text, " ", "T", max_replacements=1)
    return pc.binary_join_element_wise(text, "Z" if zoned else "", "")


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, bytes):
        return None if value is None else _other(value)
    return _json(value).decode().rstrip("\n")


def _json(value: object) -> bytes:
    return orjson.dumps(value, _other, JSON)


def _other(value: object) -> Any:
    """Values that JSON has no form for."""
    if isinstance(value, Decimal):
        number = int(value) if value == value.to_integral_value() else float(value)
        return number if abs(number) < 2**63 else str(value)
    return b64encode(value).decode() if isinstance(value, bytes) else str(value)
