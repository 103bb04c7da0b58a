"""Warehouses that earlier programs made: each is brought up to date, with all that it holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from wiredesk.database import Database, names_of, sql_of
from wiredesk.errors import UserError
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run
from wiredesk.model import Source
from wiredesk.ops_commands import migrate_command
from wiredesk.parallel import Workers
from wiredesk.runs import recorded
from wiredesk.status import status
from wiredesk.warehouse import Ledger, Warehouse, alarms, checks

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
ALL = names_of("migrations")
#: the oldest that a warehouse could be left at: 0001 to 0004 make a first one whole
PREFIXES = [ALL[:n] for n in range(4, len(ALL))]
Layout = list[tuple[object, ...]]
SOURCE = Source("test", "file", "")

DOCKS = (
    "OSLO, May 4 (Reuters) - A dock shut on Monday, and its crane stood still, the port said.\n\n"
    "(Reporting by Ana Ruiz in Oslo; editing by Ola Berg)"
)
MINES = "LIMA, May 4 (Reuters) - Two mines opened on Monday after a strike of four weeks."


def ingest(warehouse: Warehouse, run_id: str, folder: Path, at: datetime) -> Ledger:
    run = Run(run_id, warehouse, None, Workers(1))
    with recorded(warehouse, run_id, "ingest", lambda: at):
        return run.ingest(SOURCE, captures([str(folder)], "test", at))


def copy(folder: Path, **stories: str) -> Path:
    folder.mkdir()
    for name, text in stories.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse of today: earlier ones take from it what they had columns for."""
    folder = tmp_path_factory.mktemp("today")
    first = copy(folder / "first", docks=DOCKS, mines=MINES, empty="")
    with Warehouse(str(folder / "today.duckdb")) as w:
        ingest(w, "20260504T120000-aaaaaa", first, NOON)
        w.sql(
            "INSERT INTO ops.polls BY NAME SELECT 'feed' AS source_id, '20260504T120000-aaaaaa' AS "
            "run_id, TIMESTAMPTZ '2026-05-04 12:00:00+00' AS polled_at, 'http://x/' AS url, "
            "'new' AS outcome, 2 AS listed, 2 AS new, false AS gap, 0 AS failures, 600 AS "
            "interval_s, TIMESTAMPTZ '2026-05-04 12:10:00+00' AS next_at"
        )
    return folder


def earlier(today: Path, path: Path, applied: Sequence[str]) -> Path:
    """A warehouse as a program left it that knew these migrations alone."""
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{today}/today.duckdb' AS today (READ_ONLY)")
        db.execute(f"ATTACH '{path}' AS warehouse")
        db.execute("USE warehouse")
        db.execute("SET TimeZone = 'UTC'")
        db.execute(sql_of("queries", "migration_table"))
        for name in applied:
            db.execute(sql_of("migrations", name))
            db.execute(sql_of("queries", "mark_migration"), {"name": name})
        columns: dict[str, list[str]] = {}
        for schema, table, column in db.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
            "WHERE database_name = 'warehouse' AND NOT internal AND table_name <> 'migrations'"
        ).fetchall():
            columns.setdefault(f"{schema}.{table}", []).append(column)
        for table, names in columns.items():
            few = ", ".join(names)
            db.execute(f"DELETE FROM {table}")  # noqa: S608
            db.execute(f"INSERT INTO {table} ({few}) SELECT {few} FROM today.{table}")  # noqa: S608
        # views of those days read what was there then; that they go is today's business
        db.execute("CREATE VIEW mart.current_stories AS SELECT story_id FROM wire.versions")
        db.execute(sql_of("queries", "mark_migration"), {"name": "views 0123456789abcdef"})
    return path


def layout(warehouse: Database) -> Layout:
    """Every table, view and column with its type and comment."""
    return warehouse.sql(
        "SELECT schema_name, table_name, column_name, data_type, is_nullable, comment "
        "FROM duckdb_columns() WHERE database_name = 'warehouse' AND NOT internal "
        "UNION ALL SELECT schema_name, table_name, NULL, NULL, NULL, comment "
        "FROM duckdb_tables() WHERE database_name = 'warehouse' "
        "UNION ALL SELECT schema_name, view_name, NULL, NULL, NULL, comment "
        "FROM duckdb_views() WHERE database_name = 'warehouse' AND NOT internal ORDER BY ALL"
    )


@pytest.fixture(scope="module")
def layout_today() -> Layout:
    with Warehouse(":memory:") as fresh:
        return layout(fresh)


@pytest.mark.parametrize("applied", PREFIXES, ids=lambda names: names[-1])
def test_a_warehouse_of_each_earlier_schema_becomes_one_of_today_and_goes_on(
    today: Path, layout_today: Layout, tmp_path: Path, applied: Sequence[str]
) -> None:
    path = earlier(today, tmp_path / "w.duckdb", applied)
    with Warehouse(str(path)) as w:
        assert w.wanting() == []
        assert layout(w) == layout_today
        state = "finished" if "0010_runs" in applied else "unrecorded"
        assert w.sql("SELECT state, listed FROM mart.runs") == [(state, 3)]
        assert faults(w) == {}
        again = ingest(w, "r2", today / "first", NOON + timedelta(hours=1))
        assert (again.new_stories, again.new_versions) == (0, 0), "what it holds is known"
        more = copy(tmp_path / "more", docks=DOCKS.replace("shut", "opened"), port=MINES + " Yes.")
        came = ingest(w, "r3", more, NOON + timedelta(hours=2))
        assert (came.listed, came.new_versions) == (2, 1)
        assert w.sql(
            "SELECT relation, supersedes_id IS NOT NULL, body LIKE '%opened%' FROM wire.versions "
            "QUALIFY count(*) OVER (PARTITION BY story_id) = 2 ORDER BY version_at"
        ) == [("new", False, False), ("update", True, True)]
        assert w.sql("SELECT count(*) FROM mart.current_stories WHERE agency = 'Reuters'") == [(3,)]
        assert faults(w) == {}
        for view in names_of("views"):
            w.sql(f"SELECT * FROM mart.{view}")  # noqa: S608


def test_migrate_lists_what_it_would_do_and_then_does_that(
    today: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = earlier(today, tmp_path / "w.duckdb", ALL[:5])
    before = path.read_bytes()
    assert migrate_command(str(path), dry_run=True, as_json=False) == 0
    promised = capsys.readouterr().out
    assert [name for name in ALL if f"waits  {name}  " in promised] == ALL[5:]
    assert f"cp {path} {path}.before" in promised
    assert path.read_bytes() == before
    assert status(str(path), str(tmp_path / "none"), None, NOON)["schema"]["waiting"] == ALL[5:]
    assert migrate_command(str(path), dry_run=False, as_json=False) == 0
    done = capsys.readouterr().out
    assert [name for name in ALL if f"done  {name}  " in done] == ALL[5:]
    assert status(str(path), str(tmp_path / "none"), None, NOON)["schema"]["waiting"] == []


def faults(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    """By check, its offenders; of an alarm nothing, as these sources are asked no more."""
    names = [name for name in checks() if name not in alarms()]
    found = {name: warehouse.offenders(name)[1] for name in names}
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.parametrize("last", [ALL[4], ALL[-1], "views"])
def test_an_upgrade_that_is_killed_half_way_is_finished_by_the_next(
    today: Path, layout_today: Layout, tmp_path: Path, last: str
) -> None:
    path = earlier(today, tmp_path / "w.duckdb", ALL[:4])
    # killed when the statements of a migration have run, and it is not yet noted
    program = (
        "import os, signal, sys; from wiredesk.warehouse import Warehouse\n"
        "mark = Warehouse._mark\n"
        "def killed(self, name):\n"
        "    if name.startswith(sys.argv[2]): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    mark(self, name)\n"
        "Warehouse._mark = killed\n"
        "Warehouse(sys.argv[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path, last], check=False, timeout=60, env=os.environ
    )
    assert done.returncode == -9
    with Database(str(path), read_only=True) as half:
        had = [name for (name,) in half.rows("applied_migrations") if name[0].isdigit()]
    assert had == (ALL if last == "views" else ALL[: ALL.index(last)])
    with Warehouse(str(path)) as w:
        assert layout(w) == layout_today
        assert w.sql("SELECT count(*) FROM wire.versions WHERE version_at IS NULL") == [(0,)]
        assert faults(w) == {}


def test_a_warehouse_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with Warehouse(str(path)) as w:
        w.sql("INSERT INTO ops.migrations VALUES ('9999_future', now())")
    before = path.read_bytes()
    for ask in (
        lambda: migrate_command(str(path), dry_run=False, as_json=False),
        lambda: migrate_command(str(path), dry_run=True, as_json=False),
        lambda: status(str(path), str(tmp_path / "none"), None, NOON),
        lambda: Warehouse(str(path)),
    ):
        with pytest.raises(UserError, match=r"by a newer wiredesk \(9999_future\): upgrade wired"):
            ask()
    assert path.read_bytes() == before


def test_a_lake_of_an_earlier_schema_becomes_one_of_today(tmp_path: Path) -> None:
    path = f"ducklake:{tmp_path}/wire.ducklake"
    begun = ALL.index("0008_turn") + 1  # there were no lakes before
    with Database(path) as lake:
        lake.db.execute(sql_of("queries", "migration_table"))
        for name in ALL[:begun]:
            with lake.transaction():
                lake.db.execute(sql_of("migrations", name))
                lake.db.execute(sql_of("queries", "mark_migration"), {"name": name})
        lake.sql("INSERT INTO ops.runs VALUES ('r1', 'ingest', '0.1.0', now())")
    assert migrate_command(path, dry_run=False, as_json=True) == 0
    with Warehouse(path) as w:
        assert w.wanting() == []
        assert w.sql("SELECT state FROM mart.runs") == [("unrecorded",)]
        stories = copy(tmp_path / "copy", docks=DOCKS)
        assert ingest(w, "r2", stories, NOON).new_stories == 1
        assert faults(w) == {}


def test_migrate_says_when_there_is_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.duckdb")
    with Warehouse(path):
        pass
    assert migrate_command(path, dry_run=False, as_json=False) == 0
    assert capsys.readouterr().out == f"{path} is up to date\n"
