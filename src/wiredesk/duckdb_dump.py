"""A DuckDB file that somebody sent, as a dump: its tables, read without trusting it.

It is opened for reading, may look at no other file and load no extension: a view in it could read
any file of this machine.  Only tables are read, in the order of their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from wiredesk.database import first_line, sql_of
from wiredesk.errors import Rejected

BATCH = 500  #: rows of a batch
MEMORY = "512MB"


class Dump:
    """An open file."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db

    def tables(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The schema, name and columns of each table."""
        try:
            rows = self._db.execute(sql_of("queries", "dump_tables")).fetchall()
        except duckdb.Error as no:
            raise _damaged(no) from no
        return [(schema, name, tuple(columns)) for schema, name, columns in rows]

    def batches(self, schema: str, name: str) -> Iterator[pa.RecordBatch]:
        """The rows of a table, in the order they were put in."""
        try:
            # DuckDB binds no identifiers: both are quoted
            found = self._db.execute(f"FROM {_quoted(schema)}.{_quoted(name)}")
            yield from found.to_arrow_reader(BATCH)
        except (duckdb.Error, pa.ArrowException, OSError) as no:
            raise _damaged(no) from no


@contextmanager
def opened(path: str) -> Iterator[Dump]:
    """A file open for reading.  Raises Rejected (duckdb_invalid)."""
    try:
        db = duckdb.connect(
            path,
            read_only=True,
            config={
                "enable_external_access": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "python_enable_replacements": False,
                "memory_limit": MEMORY,
                "threads": 1,
            },
        )
    except duckdb.Error as no:
        raise _damaged(no) from no
    with db:
        db.execute("SET TimeZone = 'UTC'")
        yield Dump(db)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _damaged(no: Exception) -> Rejected:
    said = f"a DuckDB file that cannot be read: {first_line(no)}"
    return Rejected("duckdb_invalid", said[:300])
