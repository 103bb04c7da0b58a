"""A warehouse that many machines write: a DuckLake, as the command line names it.

    lake    = "ducklake:" , catalog , [ ( "?" | "&" ) , "data=" , folder ] ;
    catalog = "postgres:" , libpq string        (* ducklake:postgres:dbname=wire host=db *)
            | "postgresql://" , rest of URL     (* also after "postgres:" *)
            | "sqlite:" , file                  (* ducklake:sqlite:wire.sqlite *)
            | file ;                            (* ducklake:wire.ducklake: one process at a time *)

The catalog knows the rows, `folder` holds them as Parquet.  Beside a file it is `<file>.files`; a
server has no beside, so the first who names it must give `data=`, and after that it is known.
All who open a lake must see its folder under the same path.  A password may stand in the string,
and is shown nowhere; PGPASSWORD and PGPASSFILE do as well, and are seen by no `ps`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from wiredesk.errors import UserError

PREFIX = "ducklake:"
_SERVER = re.compile(r"postgres:(?!//)|(?=postgres(?:ql)?://)")
_DATA = re.compile(r"[?&]data=(?P<folder>.+)\Z", re.DOTALL)
_SECRET = re.compile(
    r"(?P<before>password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|\S+)|(?P<user>://[^/@:\s]*:)[^/@\s]*@"
)

#: Rows of a table that a transaction may add without a file, in the catalog; compaction takes them
#: out.  Twenty polls of eight stories left 286 files with 0, twenty with 100, none with this.
INLINED = 500
#: SQLite: how long one waits for another that commits, in milliseconds.
BUSY = 10_000


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake is: its catalog's kind and place, and its folder of Parquet files if given."""

    kind: str  #: postgres, sqlite, duckdb
    place: str  #: libpq string or URL; else a file
    data: str | None

    @property
    def shown(self) -> str:
        """Its name for messages: without a password."""
        kind = "" if self.kind == "duckdb" else f"{self.kind}:"
        return f"{PREFIX}{kind}{masked(self.place)}"

    @property
    def extensions(self) -> tuple[str, ...]:
        """The engine's extensions that it needs."""
        catalog = {"postgres": ("postgres_scanner",), "sqlite": ("sqlite_scanner",)}
        return ("ducklake", *catalog.get(self.kind, ()))

    def attach(self, *, read_only: bool) -> str:
        """The statement that opens it.  ATTACH takes no parameters, so values are quoted here."""
        options = [f"DATA_INLINING_ROW_LIMIT {INLINED}"]
        if self.data:
            options.append(f"DATA_PATH {_quoted(self.data)}")
        if self.kind == "sqlite":  # readers and the one who writes do not shut each other out
            options += ["META_JOURNAL_MODE 'WAL'", f"META_BUSY_TIMEOUT {BUSY}"]
        if read_only:
            options.append("READ_ONLY")
        kind = "" if self.kind == "duckdb" else f"{self.kind}:"
        return f"ATTACH {_quoted(PREFIX + kind + self.place)} AS warehouse ({', '.join(options)})"

    def attach_turns(self) -> str:
        """The statement that opens its server beside it, where writers queue."""
        return f"ATTACH {_quoted(self.place)} AS turns (TYPE postgres, READ_ONLY)"


def lake_of(path: str) -> Lake | None:
    """The lake that a warehouse's name means; None if it means a file."""
    if not path.startswith(PREFIX):
        return None
    named = path.removeprefix(PREFIX)
    given = _DATA.search(named)
    data = given["folder"] if given else None
    if given:
        named = named[: given.start()]
    if data and "://" in data:
        raise UserError(f"{masked(path)}: data= must name a folder that every loader can write to")
    data = f"{Path(data).resolve()}/" if data else None
    if server := _SERVER.match(named):
        return Lake("postgres", named[server.end() :], data)
    kind, _, file = named.partition(":") if named.startswith("sqlite:") else ("duckdb", "", named)
    if not file or "://" in file:
        raise UserError(
            f"{masked(path)} names no lake: say ducklake:postgres:dbname=… host=…, "
            "ducklake:sqlite:FILE or ducklake:FILE"
        )
    return Lake(kind, str(Path(file).resolve()), data or f"{Path(file).resolve()}.files/")


def masked(text: str) -> str:
    """A text without the passwords of connection strings."""
    return _SECRET.sub(lambda m: f"{m['before']}***" if m["before"] else f"{m['user']}***@", text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
