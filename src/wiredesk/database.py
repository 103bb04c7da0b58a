"""A DuckDB database and the SQL files of `warehouse/`: opening, named statements, rows coming in.

No SQL is built in Python.  A statement is a file, its parameters bound; rows come in as Arrow
tables under the names `incoming_…`.  What the statements mean is the business of others:
warehouse.py loads, publish.py writes snapshots, snapshot.py reads them.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from graphlib import TopologicalSorter
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from wiredesk.errors import UserError, WarehouseBusy
from wiredesk.lake import Lake, lake_of, masked
from wiredesk.turns import Turn, at_file, at_server, no_turns

# Tables that come from worker processes lie in pickled bytes, which Python 3.13 does not align:
# Arrow then warns on standard error at every scan.  It reads this when it first scans.
os.environ.setdefault("ACERO_ALIGNMENT_HANDLING", "reallocate")

#: what says that a lake is gone, or that a disk is full: to those who write there is no more to do
READS = re.compile(r"\b(?:FROM|JOIN)\s+mart\.(\w+)")
LOST = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)

_BESIDE = Path(__file__).parent / "_warehouse"  # in an installed package
LOOK = 2.0  #: seconds after which another process that has a file open is no passing reader
HOME = _BESIDE if _BESIDE.is_dir() else Path(__file__).parents[2] / "warehouse"


class Database:
    """A DuckDB connection whose database is attached as `warehouse`.  A context manager.

    `path` is a file, `:memory:`, or a lake as lake.py describes; what is kept of it as `path` is
    for messages.  `turn` is for those who decide by what they read and then write.
    """

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        self.lake = lake_of(path)
        self.path = self.lake.shown if self.lake else path
        self.turn: Turn = no_turns
        # a name that is no table must not be taken for a variable of this program
        self.db = duckdb.connect(
            config={"autoinstall_known_extensions": False, "python_enable_replacements": False}
        )
        try:
            if self.lake:
                self._open_lake(self.lake, read_only=read_only)
            else:
                if path != ":memory:" and not read_only:
                    Path(path).parent.mkdir(parents=True, exist_ok=True)
                self._open_file(path, read_only=read_only)
        except duckdb.IOException as no:
            raise _unopened(self.path, no) from no
        except duckdb.InvalidInputException as no:
            raise UserError(f"{self.path}: {_unlaid(self.lake, no)}") from no
        except (duckdb.Error, OSError) as no:
            raise UserError(
                f"{self.path} is not a warehouse that can be opened: {first_line(no)}"
            ) from no
        self.db.execute("USE warehouse")
        self.db.execute("SET TimeZone = 'UTC'")

    def _open_file(self, path: str, *, read_only: bool) -> None:
        """One that is to write waits for those who have a look: `wiredesk status` takes no time."""
        until = time.monotonic() + (0 if read_only else LOOK)
        while True:
            try:
                self.db.execute(_attach(path, read_only=read_only))
            except duckdb.IOException as no:
                if not _locked(no) or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def _open_lake(self, lake: Lake, *, read_only: bool) -> None:
        for extension in lake.extensions:
            self.use(extension)
        if not read_only:
            self.turn = self._turns(lake)
        # two that open a new lake at once would both lay it out
        with self.turn():
            self.db.execute(lake.attach(read_only=read_only))
            ((folder, begun),) = self.db.execute(sql_of("lake", "data_path")).fetchall()
            if begun and not Path(folder).is_dir():
                raise UserError(f"{self.path}: its folder {folder} is not here")
            if not read_only:
                Path(folder).mkdir(parents=True, exist_ok=True)

    def _turns(self, lake: Lake) -> Turn:
        if lake.kind == "postgres":
            self.db.execute(lake.attach_turns())
            ask, alive = sql_of("lake", "take_turn"), sql_of("lake", "alive")
            return partial(at_server, self.db.cursor(), ask, alive, self.path)
        file = Path(lake.place)
        file.parent.mkdir(parents=True, exist_ok=True)
        if lake.kind == "sqlite":
            return partial(at_file, file.with_name(f"{file.name}.turn"), self.path)
        return no_turns

    def use(self, extension: str) -> None:
        """Load an extension of the engine from its Python package: nothing is fetched."""
        folder = files(f"duckdb_extension_{extension}") / "extensions" / f"v{duckdb.__version__}"
        self.db.load_extension(str(folder / f"{extension}.duckdb_extension"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.db.close()
        if isinstance(error, LOST):
            raise self.lost(error) from error

    def lost(self, error: BaseException) -> UserError:
        """What to say of one of LOST."""
        if self.lake:
            said = f"was lost: {first_line(error)}; what was loaded stands, run it again"
        else:
            said = f"cannot be written: {first_line(error)}; what was loaded stands: make room, and"
            said += " run it again"
        return UserError(f"{self.path} {said}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self.db.begin()
        try:
            yield
        except BaseException:
            with suppress(duckdb.Error):  # a lake that is lost has no transaction left
                self.db.rollback()
            raise
        self.db.commit()

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a named query."""
        return self.db.execute(sql_of("queries", query), parameters or None).fetchall()

    def arrow(self, query: str, **parameters: Any) -> pa.Table:
        """The rows of a named query as Arrow holds them: a million keys take 8 MB."""
        return self.db.execute(sql_of("queries", query), parameters or None).to_arrow_table()

    def table(self, query: str, **parameters: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of a named query."""
        found = self.db.execute(sql_of("queries", query), parameters or None)
        return [column[0] for column in found.description], found.fetchall()

    def sql(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """A statement that a person typed, or that a test asks, its parameters bound."""
        return self.db.execute(statement, parameters or None).fetchall()

    def batches(self, statement: str, rows: int = 2048) -> pa.RecordBatchReader:
        """What a statement reads, so many rows at a time; raises UserError where it does more.

        The rows are not held: however many there are, memory is that of the query itself.
        """
        try:
            parts = duckdb.extract_statements(statement)
            if len(parts) != 1 or parts[0].type != duckdb.StatementType.SELECT:
                raise UserError("one SELECT is wanted: a single statement that only reads")
            found = self.db.sql(parts[0].query)
            columns = enumerate(zip(found.columns, found.types, strict=True), 1)
            return found.select(*(_portable(n, *c) for n, c in columns)).to_arrow_reader(rows)
        except duckdb.Error as no:
            raise UserError(first_line(no)) from no

    def ask(
        self, statement: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of a statement that a person wrote; what DuckDB says of a wrong one
        is a UserError.
        """
        try:
            found = self.db.execute(statement, dict(parameters) if parameters else None)
            return [column[0] for column in found.description or ()], found.fetchall()
        except duckdb.Error as no:
            raise UserError(str(no).strip()) from no

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


def owed(applied: Iterable[str], shown: str) -> list[str]:
    """The migrations that a warehouse has not had, in order.  Raises UserError of a newer one."""
    had, ours = set(applied), names_of("migrations")
    newer = {name for name in had if name[0].isdigit()} - set(ours)
    if newer:
        raise UserError(f"{shown} was written by a newer wiredesk ({max(newer)}): upgrade wiredesk")
    return [name for name in ours if name not in had]


def _portable(nth: int, name: str, kind: duckdb.sqltypes.DuckDBPyType) -> duckdb.Expression:
    """A column; its text where it is of intervals, which no format of others' has.

    By its position: the name of one that was given none is an expression, which binds to nothing.
    """
    column = duckdb.SQLExpression(f"#{nth}")
    return (column.cast(duckdb.sqltypes.VARCHAR) if kind.id == "interval" else column).alias(name)


def _attach(path: str, *, read_only: bool) -> str:
    """The file under a name of ours: opened directly, `wire.duckdb` would be a catalog `wire`, and
    every `wire.versions` ambiguous.  ATTACH takes no parameters, so the path is quoted here.

    Older storage keeps long text uncompressed: 250 MB for 20,000 stories that 1.5 keeps in 96.
    """
    quoted = path.replace("'", "''")
    options = "READ_ONLY" if read_only else "STORAGE_VERSION 'v1.5.0'"
    return f"ATTACH '{quoted}' AS warehouse ({options})"


def _unopened(path: str, error: duckdb.Error) -> UserError:
    if _locked(error):
        return WarehouseBusy(f"{path} is being written by another process: wait for it, or stop it")
    return UserError(f"{path} cannot be opened: {first_line(error)}")


def _locked(error: duckdb.Error) -> bool:
    return "lock" in str(error).lower()


def _unlaid(lake: Lake | None, error: duckdb.Error) -> str:
    if lake and not lake.data:
        return "a new lake; say in which folder its files shall lie: …?data=FOLDER"
    return first_line(error)


def views_in_order(text: Callable[[str], str]) -> list[str]:
    """The views of mart, each after those that it reads by its text."""
    names = set(names_of("views"))
    reads = {name: reads_of(text(name)) & names for name in sorted(names)}
    return list(TopologicalSorter(reads).static_order())


def reads_of(text: str) -> set[str]:
    """What a view reads of mart."""
    return set(READS.findall(text))


def first_line(error: BaseException) -> str:
    """What an error says, in one line, without passwords."""
    said = masked(str(error)).strip()
    return said.splitlines()[0] if said else type(error).__name__
