"""Parquet files, and whatever else comes as Arrow batches, row by row.

Columns of bytes, pictures mostly, and of vectors stay behind: there is no copy in them, and they
are most of what such a file weighs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from wiredesk.errors import Rejected
from wiredesk.fetch.rows import Row

WORDLESS = (
    pa.types.is_nested,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
)
BATCH = 500  #: rows decoded at once
BUFFER = 1 << 20  # bytes read at once of each column: a row group may have a million stories


def parquet_rows(file: IO[bytes]) -> Iterator[Row]:
    """The rows of a Parquet file that can be sought in."""
    try:
        with pq.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False) as table:
            names = [field.name for field in table.schema_arrow if _copied(field.type)]
            yield from arrow_rows(table.iter_batches(BATCH, columns=names, use_threads=False))
    except (pa.ArrowException, OSError, ValueError) as no:
        said = (str(no).splitlines() or [""])[0][:200]
        raise Rejected("parquet_invalid", f"a Parquet file that cannot be read: {said}") from no


def arrow_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """The rows of batches; nulls are left out."""
    for batch in batches:
        fields = [field for field in batch.schema if _copied(field.type)]
        columns = [_values(batch.column(field.name)) for field in fields]
        names = [field.name for field in fields]
        for cells in zip(*columns, strict=True):
            yield {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}


def _values(column: pa.Array) -> list[object]:
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        # Python's instants end at microseconds
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column.to_pylist()  # type: ignore[no-any-return]


def _copied(kind: pa.DataType) -> bool:
    """Whether a column is one of words, numbers or times, or a list of words."""
    if pa.types.is_dictionary(kind):
        return _copied(kind.value_type)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _is_words(kind.value_type)
    return not any(told(kind) for told in WORDLESS)


def _is_words(kind: pa.DataType) -> bool:
    return kind in {pa.string(), pa.large_string(), pa.string_view()}
