"""A published snapshot, opened to be read: the tables and marts of the warehouse as they were.

    with Snapshot("newswire.snapshot") as snapshot:
        snapshot.sql("SELECT count(*) FROM mart.current_stories")

It reads nothing but the snapshot's own files, and runs nothing but statements that read.  A
snapshot that was moved, or is mounted elsewhere, is read by the same views under its new path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from wiredesk.database import Database, first_line, sql_of
from wiredesk.errors import UserError
from wiredesk.snapshots.catalog import Catalog, filled, literal, quoted
from wiredesk.snapshots.keeping import newest
from wiredesk.snapshots.manifest import Manifest, folder_of
from wiredesk.snapshots.places import Place, place_of


class Snapshot(Database):
    """The newest snapshot of a place, open for reading.  A context manager."""

    def __init__(self, path: str) -> None:
        self.place = place_of(path)
        self.manifest = _whole(self.place, path)
        catalog = f"{self.place.root}/{folder_of(self.manifest.id)}/catalog.duckdb"
        moved = self.place.root != self.manifest.root
        super().__init__(":memory:")
        self.path = path
        try:
            self.place.prepare(self.db)
            self.db.execute(f"ATTACH {literal(catalog)} AS snapshot (READ_ONLY)")
            if moved:
                self._move()
            else:
                self.db.execute("USE snapshot")
            self._close_off()
        except duckdb.Error as no:
            self.db.close()
            raise UserError(f"{path} cannot be opened: {first_line(no)}") from no

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a named query."""
        with self._asked():
            return super().rows(query, **parameters)

    def table(self, query: str, **parameters: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of a named query."""
        with self._asked():
            return super().table(query, **parameters)

    def arrow(self, query: str, **parameters: Any) -> pa.Table:
        """The rows of a named query as Arrow holds them."""
        with self._asked():
            return super().arrow(query, **parameters)

    def sql(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement that a person typed, its parameters bound."""
        with self._asked():
            return self.db.execute(self._reading(statement), parameters or None).fetchall()

    def ask(
        self, statement: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of a statement that a person typed, its parameters bound."""
        with self._asked():
            found = self.db.execute(self._reading(statement), dict(parameters or {}) or None)
            return [column[0] for column in found.description or ()], found.fetchall()

    def _reading(self, statement: str) -> duckdb.Statement:
        """The one statement that this is.  Raises UserError where it does more than read."""
        found = self.db.extract_statements(statement)
        if len(found) != 1:
            raise UserError(f"one statement at a time: this is {len(found) or 'none'}")
        if found[0].type != duckdb.StatementType.SELECT:  # EXPLAIN ANALYZE COPY would write a file
            raise UserError("a snapshot is only read: SELECT, DESCRIBE, SHOW or SUMMARIZE")
        return found[0]

    def search_folder(self) -> Path:
        """The full-text index, on this machine."""
        if not self.manifest.index:
            raise UserError(f"{self.path} has no search index: publish it again")
        return self.place.local(f"{folder_of(self.manifest.id)}/search")

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as no:
            raise UserError(str(no).strip()) from no

    def _move(self) -> None:
        """The views of the catalog in memory, their files where they are now."""
        catalog = Catalog(self.db, self.place.root)
        old = literal(f"{self.manifest.root}/").removesuffix("'")
        new = literal(f"{self.place.root}/").removesuffix("'")
        waiting = [
            text.replace(old, new) if text else _read(f"{schema}.{name}")
            for schema, name, text in catalog.rows("made")
        ]
        while waiting:  # a catalog does not tell in which order its views were made
            left = [statement for statement in waiting if not self._made(statement)]
            if len(left) == len(waiting):
                self.db.execute(left[0])
            waiting = left
        found = self.db.execute(sql_of("publish", "comments"), {"database": "snapshot"})
        catalog.comment(found.fetchall())

    def _made(self, statement: str) -> bool:
        """Whether a view could be made: those that it reads may have to come first."""
        try:
            self.db.execute(statement)
        except duckdb.CatalogException:
            return False
        return True

    def _close_off(self) -> None:
        """From here on nothing but the snapshot's files can be read, and nothing be set."""
        self.db.execute("SET parquet_metadata_cache = true")
        self.db.execute("SET python_enable_replacements = false")
        self.db.execute(f"SET allowed_directories = [{literal(self.place.root + '/')}]")
        self.db.execute("SET enable_external_access = false")
        self.db.execute("SET lock_configuration = true")


def _whole(place: Place, path: str) -> Manifest:
    """The newest manifest, if all that it names is there."""
    manifest = newest(place)
    if manifest is None:
        raise UserError(f"{path} is not a snapshot: publish one with wiredesk publish --to {path}")
    own = folder_of(manifest.id)
    sizes = place.sizes("data") | place.sizes(own)
    wanted = manifest.names | {f"{own}/catalog.duckdb": manifest.bytes}
    wrong = [name for name, size in wanted.items() if sizes.get(name) != size]
    if wrong:
        raise UserError(
            f"{path} is half copied: {len(wrong)} of its {len(wanted)} files are missing or have "
            f"another size ({wrong[0]}); copy it again, or publish"
        )
    return manifest


def _read(table: str) -> str:
    """What makes a table of the attached catalog one of ours."""
    return filled("snapshot", "read_kept", view=quoted(table), table=quoted(f"snapshot.{table}"))
