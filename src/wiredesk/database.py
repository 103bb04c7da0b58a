"""A DuckDB database and the SQL files of `warehouse/`: opening, named statements, rows coming in.

No SQL is built in Python.  A statement is a file, its parameters bound; rows come in as Arrow
tables under the names `incoming_…`.  What the statements mean is the business of others:
warehouse.py loads, publish.py writes snapshots, snapshot.py reads them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from wiredesk.errors import UserError, WarehouseBusy

# Tables that come from worker processes lie in pickled bytes, which Python 3.13 does not align:
# Arrow then warns on standard error at every scan.  It reads this when it first scans.
os.environ.setdefault("ACERO_ALIGNMENT_HANDLING", "reallocate")

_BESIDE = Path(__file__).parent / "_warehouse"  # in an installed package
HOME = _BESIDE if _BESIDE.is_dir() else Path(__file__).parents[2] / "warehouse"


class Database:
    """A DuckDB connection whose database is attached as `warehouse`.  A context manager.

    `path` is a file or `:memory:`.
    """

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        self.path = path
        try:
            if path != ":memory:" and not read_only:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self.db = duckdb.connect()
            self.db.execute(_attach(path, read_only=read_only))
        except duckdb.IOException as no:
            raise _unopened(path, no) from no
        except (duckdb.Error, OSError) as no:
            raise UserError(
                f"{path} is not a warehouse that can be opened: {first_line(no)}"
            ) from no
        self.db.execute("USE warehouse")
        self.db.execute("SET TimeZone = 'UTC'")
        self.db.execute("SET autoinstall_known_extensions = false")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self.db.begin()
        try:
            yield
        except BaseException:
            self.db.rollback()
            raise
        self.db.commit()

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a named query."""
        return self.db.execute(sql_of("queries", query), parameters or None).fetchall()

    def table(self, query: str, **parameters: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of a named query."""
        found = self.db.execute(sql_of("queries", query), parameters or None)
        return [column[0] for column in found.description], found.fetchall()

    def sql(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """A statement that a person typed, or that a test asks, its parameters bound."""
        return self.db.execute(statement, parameters or None).fetchall()

    def script(self, name: str, **parameters: Any) -> None:
        """Run the statements of a file of warehouse/bench, one by one."""
        for statement in duckdb.extract_statements(sql_of("bench", name)):
            self.db.execute(statement, {p: parameters[p] for p in statement.named_parameters})

    def append(self, name: str, schema: pa.Schema, values: Sequence[Sequence[Any]]) -> None:
        """Run load_<name>.sql over these rows, if there are any."""
        if values:
            with self.incoming(name, schema, values):
                self.db.execute(sql_of("queries", f"load_{name}"))

    @contextmanager
    def incoming(
        self, name: str, schema: pa.Schema, values: Sequence[Sequence[Any]]
    ) -> Iterator[None]:
        """Rows under the name `incoming_…`, for as long as the block runs."""
        columns = list(zip(*values, strict=True)) or [()] * len(schema)
        table = pa.Table.from_arrays(
            [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema
        )
        self.db.register(f"incoming_{name}", table)
        try:
            yield
        finally:
            self.db.unregister(f"incoming_{name}")


@lru_cache(maxsize=256)
def sql_of(folder: str, name: str) -> str:
    """The text of a file of `warehouse/`."""
    return (HOME / folder / f"{name}.sql").read_text("utf-8")


def names_of(folder: str) -> list[str]:
    """The names of the files of a folder of `warehouse/`, in order."""
    return sorted(path.stem for path in (HOME / folder).glob("*.sql"))


def _attach(path: str, *, read_only: bool) -> str:
    """The file under a name of ours: opened directly, `wire.duckdb` would be a catalog `wire`, and
    every `wire.versions` ambiguous.  ATTACH takes no parameters, so the path is quoted here.
    """
    quoted = path.replace("'", "''")
    return f"ATTACH '{quoted}' AS warehouse{' (READ_ONLY)' if read_only else ''}"


def _unopened(path: str, error: duckdb.Error) -> UserError:
    if "lock" in str(error).lower():
        return WarehouseBusy(f"{path} is being written by another process: wait for it, or stop it")
    return UserError(f"{path} cannot be opened: {first_line(error)}")


def first_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
