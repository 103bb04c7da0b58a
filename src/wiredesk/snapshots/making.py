"""What is made from a snapshot's files: marts by month, what the checks see, rows for the search
index, the catalog.

A mart that is kept by month is made from the files of that month alone, so its rows depend on no
other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from wiredesk.database import sql_of, views_in_order
from wiredesk.snapshots.catalog import (
    Catalog,
    Comment,
    filled,
    literal,
    monthly,
    quoted,
    view_of,
    with_parents,
)
from wiredesk.snapshots.manifest import File
from wiredesk.snapshots.places import Place
from wiredesk.snapshots.tables import BEFORE, VERSIONS, kept_views
from wiredesk.snapshots.writing import Job, Wanted, Writing, fingerprint

BATCH = 1_000  #: documents that the index gets at once


class Making:
    """A connection of its own, with a catalog in memory named `stage`.  A context manager.

    Its views are made once, over `files`; what they see is changed under them.
    """

    def __init__(self, place: Place, files: Iterable[File]) -> None:
        self.place = place
        self.db = duckdb.connect(config={"autoinstall_known_extensions": False})
        self.db.execute("SET TimeZone = 'UTC'")
        self.db.execute("SET parquet_metadata_cache = true")
        place.prepare(self.db)
        self.db.execute("ATTACH ':memory:' AS stage")
        self.db.execute("USE stage")
        self.catalog = Catalog(self.db, place.root)
        self.catalog.over(file for file in files if file.month is None)
        self.catalog.views(views_in_order(view_of))
        self.comments: list[Comment] = self.db.execute(
            sql_of("publish", "comments"), {"database": "stage"}
        ).fetchall()
        self.timed = {name for (name,) in self.rows("timed")}

    def __enter__(self) -> Making:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def marts(self, files: Sequence[File], writing: Writing) -> Iterator[File]:
        """The marts that are kept by month, written or as they were."""
        names = with_parents(monthly())
        texts = "".join(view_of(name) for name in names) + sql_of("publish", "copy")
        prints: defaultdict[str | None, list[str]] = defaultdict(list)
        for file in files:
            if file.table == VERSIONS:
                prints[file.month].append(file.fingerprint)
        for month, of in prints.items():
            day = date.fromisoformat(f"{month}-01") if month else None
            wanted = [
                Wanted(f"mart.{name}", day, fingerprint(name, texts, *sorted(of)))
                for name in monthly()
            ]
            found = [writing.known(w) or Job(w, self._kept(w.table), {}) for w in wanted]
            if any(isinstance(one, Job) for one in found):
                self.catalog.over(f for f in files if f.month in {None, month})
            yield from writing.write(self.another, found)

    def another(self) -> duckdb.DuckDBPyConnection:
        """Another connection to the stage."""
        db = self.db.cursor()
        db.execute("USE stage")
        db.execute("SET TimeZone = 'UTC'")
        return db

    def _kept(self, table: str) -> str:
        how = "kept_by_time" if table in self.timed else "kept"
        return filled("publish", how, table=quoted(table))

    def touched(self, files: Sequence[File], before: Sequence[File]) -> None:
        """The stage over what is not as it was, and `data.before` over versions as they were."""
        old, new = {file.key for file in before}, {file.key for file in files}
        self.catalog.over(file for file in files if file.month is None or file.key not in old)
        was = [file for file in before if file.table == VERSIONS]
        gone = [file for file in was if file.key not in new and file.rows]
        self.catalog.over_files(BEFORE, gone or [_none(files)])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a statement of warehouse/publish over the stage."""
        return self.db.execute(sql_of("publish", query)).fetchall()

    def removed(self) -> list[int]:
        """Versions that the index must forget."""
        return [version for (version,) in self.rows("index_removed")]

    def added(self) -> Iterator[pa.RecordBatch]:
        """Versions that the index must learn."""
        yield from self.db.execute(sql_of("publish", "index_added")).to_arrow_reader(BATCH)

    def write_catalog(
        self, path: Path, files: Sequence[File], comments: Sequence[Comment], about: dict[str, Any]
    ) -> None:
        """The catalog of these files."""
        self.catalog.over(files)  # what is kept is read and not made again
        self.db.execute(f"ATTACH {literal(str(path))} AS snapshot (BLOCK_SIZE 16384)")
        self.db.execute("USE snapshot")
        catalog = Catalog(self.db, self.place.root)
        whole, months = set(kept_views("whole")), set(monthly())
        for name in views_in_order(view_of):
            if name in whole:
                self._keep(f"mart.{name}")
        self.db.begin()  # each statement by itself would be synced by itself
        catalog.over(files)
        catalog.views(name for name in views_in_order(view_of) if name not in whole | months)
        self.db.execute(sql_of("snapshot", "about"))
        self.db.execute(sql_of("snapshot", "about_row"), about)
        of_files: list[Comment] = [
            ("data", table, column, text)
            for schema, table, column, text in comments
            if f"{schema}.{table}" in {"wire.versions", "wire.quotes"}
        ]
        catalog.comment([*of_files, *comments, *self.comments])
        self.db.execute(sql_of("snapshot", "data_comments"))
        self.db.commit()
        self.db.execute("USE stage")
        self.db.execute("DETACH snapshot")

    def _keep(self, table: str) -> None:
        names = {"table": quoted(f"snapshot.{table}"), "view": quoted(f"stage.{table}")}
        self.db.execute(filled("snapshot", "keep_whole", **names))
        self.db.execute(filled("snapshot", "read_kept", **names))


def _none(files: Iterable[File]) -> File:
    """The file of versions that has none."""
    return next(file for file in files if file.table == VERSIONS and file.month is None)
