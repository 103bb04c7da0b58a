"""The catalog of a snapshot: views over its files, under the names of the warehouse.

The views are those of the warehouse, but for the few in warehouse/snapshot/ that read what the
files hold ready.  Views marked `-- kept: by month` are files too, `-- kept: whole` are tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb

from wiredesk.database import names_of, reads_of, sql_of, views_in_order
from wiredesk.snapshots.manifest import File
from wiredesk.snapshots.tables import kept_views

Comment = tuple[str, str, str | None, str]  #: schema, table, column, text


def quoted(name: str) -> str:
    """A name of our own, `wire.credits` or `stage.mart.people`, where no parameter can stand."""
    return ".".join(f'"{part}"' for part in name.split("."))


def literal(text: str) -> str:
    """A path or a comment, where no parameter can stand."""
    return "'" + text.replace("'", "''") + "'"


def filled(folder: str, name: str, **parts: str) -> str:
    """A statement of a file, names and paths put where DuckDB takes no parameter."""
    text = sql_of(folder, name).rstrip().removesuffix(";")
    for part, value in parts.items():
        text = text.replace("{" + part + "}", value)
    return text


def view_of(name: str) -> str:
    """What makes a view in a snapshot."""
    return sql_of("snapshot" if name in names_of("snapshot") else "views", name)


class Catalog:
    """The views of a snapshot in an attached database, which is the one in use."""

    def __init__(self, db: duckdb.DuckDBPyConnection, root: str) -> None:
        self.db = db
        self.root = root
        db.execute(sql_of("snapshot", "schemas"))

    def over(self, files: Iterable[File]) -> None:
        """Every table over its files, and the three that are drawn from files that hold more."""
        of: defaultdict[str, list[File]] = defaultdict(list)
        for file in files:
            if file.name:
                of[file.table].append(file)
        for table, found in of.items():
            self.over_files(table, [file for file in found if file.rows] or found)
        self.db.execute(sql_of("snapshot", "versions"))
        self.db.execute(sql_of("snapshot", "paragraphs"))
        self.db.execute(sql_of("snapshot", "wire_quotes"))

    def over_files(self, table: str, found: Sequence[File]) -> None:
        """A table over these files."""
        paths = sorted(f"{self.root}/{file.name}" for file in found)
        files = f"[{', '.join(literal(path) for path in paths)}]"
        self.db.execute(filled("snapshot", "parquet", table=quoted(table), files=files))

    def views(self, names: Iterable[str]) -> None:
        """These views of mart, in this order."""
        for name in names:
            self.db.execute(view_of(name))

    def comment(self, comments: Iterable[Comment]) -> None:
        """Say what tables and columns are, for those of these that are here and say nothing."""
        kinds: dict[tuple[str, str], str] = {
            (schema, name): kind for schema, name, kind in self.rows("bare")
        }
        for schema, name, column, text in comments:
            if kind := kinds.get((schema, name)):
                table = quoted(f"{schema}.{name}")
                of = f'{table}."{column}"' if column else table
                statement = f"comment_{'column' if column else kind}"
                self.db.execute(filled("snapshot", statement, table=of, comment=literal(text)))

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement of warehouse/snapshot."""
        return self.db.execute(sql_of("snapshot", query), parameters or None).fetchall()


def with_parents(names: Iterable[str]) -> list[str]:
    """These views and all that they read, in order."""
    wanted = set(names)
    order = views_in_order(view_of)
    for name in reversed(order):
        if name in wanted:
            wanted |= reads_of(view_of(name))
    return [name for name in order if name in wanted]


def monthly() -> list[str]:
    """The views that are kept by month, each after those that it reads."""
    kept = set(kept_views("by month"))
    return [name for name in views_in_order(view_of) if name in kept]
