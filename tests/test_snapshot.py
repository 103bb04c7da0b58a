"""A snapshot opened: read from anywhere, only read, and refused in one line if it is not whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import orjson
import pytest

from tests.snapshots import NOON, three_months, warehouse
from wiredesk.database import Database, names_of
from wiredesk.errors import UserError
from wiredesk.publish import publish
from wiredesk.snapshot import Snapshot
from wiredesk.snapshots.tables import TABLES

__all__ = ["three_months", "warehouse"]
EVERYTHING = [table.name for table in TABLES] + ["wire.paragraphs", "ops.snapshot"]
EVERYTHING += [f"mart.{view}" for view in names_of("views")]


@pytest.fixture(scope="session")
def made(three_months: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot that no test changes."""
    to = tmp_path_factory.mktemp("made") / "it's a snapshot"
    with Database(str(three_months), read_only=True) as live:
        publish(live, str(to), NOON)
    return to


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of it, elsewhere."""
    return Path(shutil.copytree(made, tmp_path / "moved", symlinks=True))


def contents(snapshot: Snapshot) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: snapshot.sql(f"SELECT * FROM {name} ORDER BY ALL")  # noqa: S608
        for name in EVERYTHING
    }


def test_a_snapshot_answers_as_the_warehouse_did(made: Path) -> None:
    with Snapshot(f"{made}/") as snapshot:
        assert snapshot.sql("SELECT count(*) FROM mart.current_stories") == [(60,)]
        assert snapshot.rows("totals")
        assert snapshot.table("totals")[0]
        assert snapshot.arrow("totals").num_rows == 1
        columns, rows = snapshot.ask("SELECT name, $n AS n FROM mart.people LIMIT 1", {"n": 7})
        assert (columns, rows[0][1]) == (["name", "n"], 7)
        ((name, made_at, _),) = snapshot.sql("FROM ops.snapshot")
        assert (name, made_at) == (snapshot.manifest.id, NOON)


def test_a_snapshot_that_was_moved_has_the_same_rows_and_comments(made: Path, own: Path) -> None:
    comments = "SELECT count(*), count(comment) FROM duckdb_columns() WHERE database_name = ?"
    with Snapshot(str(made)) as first, Snapshot(str(own)) as second:
        assert contents(second) == contents(first)
        assert second.sql(comments, "warehouse") == first.sql(comments, "snapshot")
    shutil.rmtree(own / "data" / "wire.credits")
    with pytest.raises(UserError, match="half copied"):
        Snapshot(str(own))


def test_a_snapshot_is_named_by_a_link_or_from_its_own_folder(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(made)
    monkeypatch.chdir(made.parent)
    for name in (str(tmp_path / "link"), made.name):
        with Snapshot(name) as snapshot:
            assert snapshot.sql("SELECT count(source_text) FROM wire.versions") == [(61,)]


def test_an_analyst_opens_one_file_from_anywhere(made: Path, tmp_path: Path) -> None:
    asked = (
        "import duckdb, sys; db = duckdb.connect(sys.argv[1], read_only=True); "
        "print(db.execute('SELECT count(headline) FROM mart.current_stories').fetchone())"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked, str(made / "newswire.duckdb")],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert told.stdout == "(60,)\n"
    with duckdb.connect() as other:
        file = str(made / "newswire.duckdb").replace("'", "''")
        other.execute(f"ATTACH '{file}' AS anything (READ_ONLY)")
        found = other.execute("SELECT count(*) FROM anything.mart.bylines").fetchone()
        assert found is not None
        assert found[0] > 60


def test_a_snapshot_on_a_read_only_mount_can_be_read(made: Path, tmp_path: Path) -> None:
    mount = tmp_path / "mount"
    mount.mkdir()
    binding = ["mount", "--bind", str(made), str(mount)]
    if os.geteuid() or subprocess.run(binding, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount")
    try:
        again = ["mount", "-o", "remount,ro,bind", str(mount)]
        subprocess.run(again, check=True, capture_output=True)
        with pytest.raises(OSError, match="Read-only"):
            (mount / "x").touch()
        with Snapshot(str(mount)) as snapshot:
            assert snapshot.sql("SELECT count(source_text) FROM wire.versions") == [(61,)]
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=False)


def test_a_folder_that_may_not_be_written_can_be_read(own: Path) -> None:
    for path in [own, *own.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        before = sorted(own.rglob("*"))
        with Snapshot(str(own)) as snapshot:
            assert snapshot.sql("SELECT count(*) FROM mart.bylines")[0][0] > 60
        assert sorted(own.rglob("*")) == before
    finally:
        for path in [own, *own.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)


def test_what_is_no_snapshot_is_refused_in_one_line(tmp_path: Path, warehouse: str) -> None:
    for path in (tmp_path / "nowhere", tmp_path, Path(warehouse)):
        with pytest.raises(UserError) as refused:
            Snapshot(str(path))
        assert str(refused.value) == (
            f"{path} is not a snapshot: publish one with wiredesk publish --to {path}"
        )


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lambda at: next((at / "data/wire.dates").glob("*")).unlink(), "half copied: 1 of"),
        (lambda at: _cut(next((at / "data/data.quotes").glob("2026-03*"))), "half copied: 1 of"),
        (lambda at: _cut(next(at.glob("snapshots/*/catalog.duckdb"))), "half copied: 1 of"),
        (lambda at: next(at.glob("snapshots/*/manifest.json")).unlink(), "has no manifest"),
        (lambda at: shutil.rmtree(at / "snapshots"), "has no manifest"),
        (lambda at: _cut(next(at.glob("snapshots/*/manifest.json"))), "manifest cannot be read"),
        (lambda at: (at / "current.json").write_text("{}"), "current.json is damaged"),
        (lambda at: (at / "current.json").write_text("nothing"), "current.json is damaged"),
    ],
)  # fmt: skip
def test_half_a_copy_is_refused_in_one_line(own: Path, fault: object, said: str) -> None:
    assert callable(fault)
    fault(own)
    with pytest.raises(UserError) as refused:
        Snapshot(str(own))
    assert said in str(refused.value)
    assert str(refused.value).startswith(str(own))
    assert "\n" not in str(refused.value)


def test_a_catalog_that_is_no_database_is_refused_in_one_line(own: Path) -> None:
    catalog = next(own.glob("snapshots/*/catalog.duckdb"))
    catalog.write_bytes(bytes(catalog.stat().st_size))
    with pytest.raises(UserError, match="cannot be opened") as refused:
        Snapshot(str(own))
    assert "\n" not in str(refused.value)


def test_a_snapshot_of_a_newer_program_is_refused_in_one_line(own: Path) -> None:
    path = next(own.glob("snapshots/*/manifest.json"))
    manifest = orjson.loads(path.read_bytes())
    path.write_bytes(orjson.dumps(manifest | {"layout": 99, "program": "9.9", "new": 1}))
    with pytest.raises(UserError) as refused:
        Snapshot(str(own))
    assert str(refused.value) == (
        f"{own} was published by a newer wiredesk (9.9): upgrade wiredesk"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "FROM '/etc/hostname'",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "COPY (SELECT 1) TO '{root}/x.csv'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{root}/x.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "ATTACH ':memory:' AS m",
        "CREATE TABLE mart.x AS SELECT 1",
        "CREATE TEMP TABLE x AS SELECT 1",
        "DROP VIEW mart.bylines",
        "DELETE FROM mart.people",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "INSTALL httpfs",
        "LOAD httpfs",
        "EXPORT DATABASE '{root}'",
        "SELECT 1; SELECT 2",
        "",
        "SELEC 1",
        "SELECT * FROM nothing.there",
        "SELECT nothing FROM mart.bylines",
    ],
)
def test_only_what_is_in_the_snapshot_is_read_and_nothing_written(
    made: Path, statement: str
) -> None:
    before = sorted(made.rglob("*"))
    with Snapshot(str(made)) as snapshot:
        for ask in (snapshot.sql, snapshot.ask):
            with pytest.raises(UserError):
                ask(statement.format(root=str(made).replace("'", "''")))
    assert sorted(made.rglob("*")) == before


def test_a_wrong_query_is_told_in_the_words_of_the_engine(made: Path) -> None:
    told = pytest.raises(UserError, match=r"Candidate bindings: .headline")
    with Snapshot(str(made)) as snapshot, told:
        snapshot.sql("SELECT headlin FROM mart.current_stories")


@pytest.mark.parametrize("statement", ["DESCRIBE mart.bylines", "SUMMARIZE mart.people",
                                       "SHOW TABLES FROM mart", "FROM wire.credits LIMIT 1",
                                       "WITH a AS (SELECT 1 AS x) FROM a"])  # fmt: skip
def test_statements_that_read_are_run(made: Path, statement: str) -> None:
    with Snapshot(str(made)) as snapshot:
        assert snapshot.sql(statement)
