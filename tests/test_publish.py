"""Publishing: equal to the warehouse, only touched months written, whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.snapshots import NOON, load, months_of_stories, story, three_months, warehouse
from wiredesk.database import Database, names_of
from wiredesk.errors import UserError
from wiredesk.publish import Published, publish
from wiredesk.snapshot import Snapshot
from wiredesk.snapshots.places import Folder
from wiredesk.snapshots.tables import LEFT_OUT, TABLES
from wiredesk.warehouse import Warehouse

__all__ = ["three_months", "warehouse"]
ALL = [table.name for table in TABLES] + ["wire.paragraphs"]


def published(warehouse: str, to: Path, hours: int = 0, keep: int = 5) -> Published:
    with Database(warehouse, read_only=True) as live:
        return publish(live, str(to), NOON + timedelta(hours=hours), keep)


def files(to: Path) -> dict[str, tuple[int, int]]:
    """Every data file, by what a rewriting would change."""
    return {
        str(p.relative_to(to)): (p.stat().st_ino, p.stat().st_mtime_ns)
        for p in (to / "data").rglob("*.parquet")
    }


def changed(warehouse: str, statement: str) -> None:
    with Warehouse(warehouse) as live:
        live.sql(statement)


def test_every_table_is_published_or_left_out_by_name(warehouse: str) -> None:
    with Database(warehouse) as live:
        there = {
            f"{schema}.{name}"
            for schema, name in live.sql(
                "SELECT schema_name, table_name FROM duckdb_tables() "
                "WHERE database_name = 'warehouse'"
            )
        }
    assert set(ALL) | LEFT_OUT >= there
    assert set(ALL) <= there
    assert not set(ALL) & LEFT_OUT


def test_a_snapshot_has_the_rows_of_the_warehouse(warehouse: str, tmp_path: Path) -> None:
    published(warehouse, tmp_path / "s")
    both = duckdb.connect()
    both.execute(f"ATTACH '{warehouse}' AS live (READ_ONLY)")
    both.execute(f"ATTACH '{tmp_path}/s/newswire.duckdb' AS snapshot (READ_ONLY)")
    for name in ALL + [f"mart.{view}" for view in names_of("views")]:
        for one, other in (("live", "snapshot"), ("snapshot", "live")):
            found = both.execute(f"FROM {one}.{name} EXCEPT ALL FROM {other}.{name}").fetchall()
            assert found == [], f"{name}: only in {one}"
        columns = f"SELECT column_name, column_type FROM (DESCRIBE live.{name})"  # noqa: S608
        there = both.execute(columns.replace("live", "snapshot")).fetchall()
        assert both.execute(columns).fetchall() == there, name


def test_no_text_is_kept_twice(warehouse: str, tmp_path: Path) -> None:
    published(warehouse, tmp_path / "s")
    with Snapshot(str(tmp_path / "s")) as snapshot:
        kept = snapshot.sql(
            "SELECT count(*), count(source_text), count(body_sha256), count(odd), count(spaces), "
            "count(paragraphs[1].text) "
            "FROM data.versions"
        )
    assert kept == [(61, 0, 0, 0, 20, 0)]


def test_a_text_that_does_not_come_out_the_same_is_kept_whole(
    warehouse: str, tmp_path: Path
) -> None:
    changed(warehouse, "UPDATE wire.paragraphs SET src_start = 0 WHERE seq = 2")
    changed(
        warehouse,
        "UPDATE wire.versions SET body = body || ' more', body_sha256 = 'x' "
        "WHERE version_id = (SELECT min(version_id) FROM wire.versions)",
    )
    published(warehouse, tmp_path / "s")
    with Database(warehouse, read_only=True) as live, Snapshot(str(tmp_path / "s")) as snapshot:
        for table in ("wire.versions", "wire.paragraphs"):
            statement = f"SELECT * FROM {table} ORDER BY ALL"  # noqa: S608
            assert snapshot.sql(statement) == live.sql(statement)


def test_every_table_and_column_of_a_snapshot_is_commented(warehouse: str, tmp_path: Path) -> None:
    published(warehouse, tmp_path / "s")
    with Snapshot(str(tmp_path / "s")) as snapshot:
        bare = snapshot.sql(
            "SELECT table_name FROM duckdb_tables() "
            "WHERE database_name = 'snapshot' AND comment IS NULL UNION ALL "
            "SELECT view_name FROM duckdb_views() "
            "WHERE database_name = 'snapshot' AND NOT internal AND comment IS NULL UNION ALL "
            "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns() "
            "WHERE database_name = 'snapshot' AND NOT internal AND comment IS NULL"
        )
    assert bare == []


def test_only_touched_months_are_written(warehouse: str, tmp_path: Path) -> None:
    to = tmp_path / "s"
    published(warehouse, to)
    before = files(to)
    load(warehouse, tmp_path, [story(99, NOON - timedelta(days=40))], hours=1)
    second = published(warehouse, to, hours=2)
    after = files(to)
    assert {name: after.get(name) for name in before} == before
    written = {tuple(name.split("/")) for name in after.keys() - before.keys()}
    months = {name[:7] for folder, table, name in written if not table.startswith("ops.")}
    assert months == {"2026-03"}
    assert "2026-03" in second.months


def test_nothing_new_writes_no_data_file(warehouse: str, tmp_path: Path) -> None:
    published(warehouse, tmp_path / "s")
    before = files(tmp_path / "s")
    again = published(warehouse, tmp_path / "s", hours=1)
    assert (again.months, again.files, files(tmp_path / "s")) == ((), 0, before)


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE wire.versions SET pub_status = 'canceled' WHERE version_at < '2026-03-01'",
        "UPDATE wire.versions SET relation = 'withdrawal' WHERE version_at < '2026-03-01'",
        "UPDATE wire.versions SET embargo_until = '2126-01-01' WHERE version_at < '2026-03-01'",
    ],
)
def test_what_is_withdrawn_or_under_embargo_leaves_the_marts_of_its_month(
    warehouse: str, tmp_path: Path, fault: str
) -> None:
    to = tmp_path / "s"
    published(warehouse, to)
    changed(warehouse, fault)
    if "relation" not in fault:
        assert published(warehouse, to, hours=1).months == ("2026-02",)
    else:
        published(warehouse, to, hours=1)
    with Snapshot(str(to)) as snapshot:
        for view in names_of("views"):
            columns = {name for name, *_ in snapshot.sql(f"DESCRIBE mart.{view}")}
            if {"version_id", "version_at"} <= columns and view != "current_versions":
                ids = snapshot.sql(f"SELECT version_at FROM mart.{view}")  # noqa: S608
                if view not in {"withdrawals", "version_history", "embargoed"}:
                    assert all(f"{at}" >= "2026-03" for (at,) in ids), view


def test_a_large_month_is_cut_and_only_the_slice_that_was_touched_is_written(
    warehouse: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wiredesk.snapshots.writing.SLICE", 8)
    to = tmp_path / "s"
    published(warehouse, to)
    versions = sorted((to / "data" / "data.versions").glob("2026-*.parquet"))
    assert len(versions) > 6
    before = files(to)
    load(warehouse, tmp_path, [story(99, NOON - timedelta(days=14))], hours=1)
    published(warehouse, to, hours=2)
    new = [name for name in files(to).keys() - before.keys() if "data.versions" in name]
    assert len(new) == 1
    test_a_snapshot_has_the_rows_of_the_warehouse(warehouse, tmp_path)


def test_a_check_that_finds_offenders_keeps_the_snapshot_as_it_was(
    warehouse: str, tmp_path: Path
) -> None:
    to = tmp_path / "s"
    first = published(warehouse, to)
    changed(warehouse, "INSERT INTO wire.stories FROM wire.stories LIMIT 1")
    second = published(warehouse, to, hours=1)
    assert (second.id, second.offences[0].check) == (None, "unique_stories")
    with Snapshot(str(to)) as snapshot:
        assert snapshot.manifest.id == first.id


def test_old_snapshots_are_kept_five_and_their_files_with_them(
    warehouse: str, tmp_path: Path
) -> None:
    to = tmp_path / "s"
    ids = []
    for n in range(7):
        load(warehouse, tmp_path, [story(100 + n, NOON)], hours=2 * n + 1)
        ids.append(published(warehouse, to, hours=2 * n + 2).id)
    assert sorted(path.name for path in (to / "snapshots").iterdir()) == ids[-5:]
    for n, name in enumerate(ids[-5:]):
        with duckdb.connect(str(to / "snapshots" / name / "catalog.duckdb"), read_only=True) as db:
            assert db.execute("SELECT count(body) FROM wire.versions").fetchall() == [(64 + n,)]
    published(warehouse, to, hours=40, keep=1)
    assert len(list((to / "snapshots").iterdir())) == 1
    assert set(files(to)) == named(to)


def named(to: Path) -> set[str]:
    """The files that the newest snapshot names."""
    with Snapshot(str(to)) as snapshot:
        return set(snapshot.manifest.names)


READER = """
import duckdb, sys, time
db = duckdb.connect(sys.argv[1] + "/newswire.duckdb", read_only=True)
first = db.execute("SELECT count(*), sum(length(source_text)) FROM wire.versions").fetchone()
print("ready", flush=True)
asked = 0
while not sys.stdin.closed and asked < 100_000:
    again = db.execute("SELECT count(*), sum(length(source_text)) FROM wire.versions").fetchone()
    assert again == first, (again, first)
    with duckdb.connect(sys.argv[1] + "/newswire.duckdb", read_only=True) as new:
        now = new.execute("SELECT count(*), count(body) FROM wire.versions").fetchone()
        assert now[0] == now[1] >= first[0]
    asked += 1
    if sys.argv[2] and __import__("pathlib").Path(sys.argv[2]).exists():
        break
print(asked, now[0], flush=True)
"""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_readers_are_undisturbed_by_a_hundred_publishes(warehouse: str, tmp_path: Path) -> None:
    to, end = tmp_path / "s", tmp_path / "end"
    published(warehouse, to)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(to), str(end)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    with Warehouse(warehouse) as live:
        for n in range(100):
            live.sql(
                "UPDATE wire.versions SET rules = ? WHERE version_id = "
                "(SELECT version_id FROM wire.versions ORDER BY version_id LIMIT 1 OFFSET ?)",
                f"r{n}", n % 60,
            )  # fmt: skip
            assert publish(live, str(to), NOON + timedelta(minutes=n + 1), keep=2).id
    end.touch()
    out, err = reader.communicate(timeout=30)
    assert err == ""
    asked, rows = out.split()
    assert (int(asked) > 20, rows) == (True, "61")
    kept = list((to / "snapshots").iterdir())
    assert len(kept) == 3  # the newest two, and the one that the reader had open


KILLED = """
import sys, os, signal
from datetime import datetime
from wiredesk.database import Database
from wiredesk.publish import publish
from wiredesk.snapshots.writing import Writing
from wiredesk.snapshots.making import Making
left = int(sys.argv[3])
def counted(f):
    def call(*a, **k):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return f(*a, **k)
    return call
Writing._done = counted(Writing._done)
Making.write_catalog = counted(Making.write_catalog)
with Database(sys.argv[1], read_only=True) as live:
    publish(live, sys.argv[2], datetime.fromisoformat(sys.argv[4]))
"""


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


def test_a_publish_that_is_killed_leaves_the_old_snapshot_and_the_next_one_cleans_up(
    warehouse: str, tmp_path: Path
) -> None:
    to = tmp_path / "s"
    first = published(warehouse, to)
    load(warehouse, tmp_path, [story(99, NOON - timedelta(days=40))], hours=1)
    later = NOON + timedelta(hours=2)
    for left in (1, 4, 12, 18):
        killed = run(KILLED, warehouse, to, left, later.isoformat())
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        with Snapshot(str(to)) as snapshot:
            assert snapshot.manifest.id == first.id
            assert snapshot.sql("SELECT count(source_text) FROM wire.versions") == [(61,)]
    published(warehouse, to, hours=3, keep=1)
    assert not (to / ".staged").exists()
    assert set(files(to)) == named(to)


FULL = """
import resource, signal, sys
from datetime import datetime
from wiredesk.database import Database
from wiredesk.errors import UserError
from wiredesk.publish import publish
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Database(sys.argv[1], read_only=True) as live:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    try:
        publish(live, sys.argv[2], datetime.fromisoformat(sys.argv[4]))
    except UserError as no:
        print(no)
"""


@pytest.mark.parametrize("limit", [3_000, 60_000])
def test_a_disk_that_fills_leaves_the_old_snapshot_and_nothing_half(
    warehouse: str, tmp_path: Path, limit: int
) -> None:
    to = tmp_path / "s"
    first = published(warehouse, to)
    before = files(to)
    load(warehouse, tmp_path, [story(99, NOON - timedelta(days=40))], hours=1)
    full = run(FULL, warehouse, to, limit, (NOON + timedelta(hours=2)).isoformat())
    assert full.stdout.startswith(f"{to}: not published, what was there stands: "), full
    assert full.stdout.count("\n") == 1
    assert files(to) == before
    assert not (to / ".staged").exists()
    with Snapshot(str(to)) as snapshot:
        assert snapshot.manifest.id == first.id


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("mount"), reason="only root can mount a small disk"
)
def test_a_small_disk_that_fills_leaves_the_old_snapshot(warehouse: str, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        first = published(warehouse, disk / "s")
        size = shutil.disk_usage(disk).free - 100_000
        (disk / "ballast").write_bytes(bytes(size))
        load(warehouse, tmp_path, [story(99, NOON - timedelta(days=40))], hours=1)
        with pytest.raises(UserError, match="not published, what was there stands"):
            published(warehouse, disk / "s", hours=2)
        with Snapshot(str(disk / "s")) as snapshot:
            assert snapshot.manifest.id == first.id
            assert snapshot.sql("SELECT count(source_text) FROM wire.versions") == [(61,)]
        (disk / "ballast").unlink()
        assert published(warehouse, disk / "s", hours=3).id
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_second_publish_at_the_same_time_is_refused_in_one_line(
    warehouse: str, tmp_path: Path
) -> None:
    refused = pytest.raises(UserError, match=r"another publish is running; wait for it$")
    with Folder(str(tmp_path / "s")).locked(), refused:
        published(warehouse, tmp_path / "s")


def test_a_place_that_cannot_be_written_is_refused_in_one_line(
    warehouse: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"name another place with --to$"):
        published(warehouse, tmp_path / "file")


def test_a_lake_is_published_as_a_file_is(tmp_path: Path) -> None:
    lake = f"ducklake:sqlite:{tmp_path}/lake.sqlite"
    load(lake, tmp_path, months_of_stories()[:12])
    published(lake, tmp_path / "s")
    with Database(lake, read_only=True) as live, Snapshot(str(tmp_path / "s")) as snapshot:
        for name in ("wire.versions", "wire.paragraphs", "wire.credits", "mart.bylines"):
            statement = f"SELECT * FROM {name} ORDER BY ALL"  # noqa: S608
            assert snapshot.sql(statement) == live.sql(statement)
    load(lake, tmp_path, [story(99, NOON - timedelta(days=40))], hours=1)
    assert "2026-02" not in published(lake, tmp_path / "s", hours=2).months


def test_an_empty_warehouse_can_be_published(tmp_path: Path) -> None:
    with Warehouse(str(tmp_path / "w.duckdb")) as live:
        publish(live, str(tmp_path / "s"), NOON)
    with Snapshot(str(tmp_path / "s")) as snapshot:
        for name in ALL + [f"mart.{view}" for view in names_of("views")]:
            if not name.startswith("ref."):
                assert snapshot.sql(f"SELECT * FROM {name}") == [], name  # noqa: S608


def test_the_index_is_told_what_left_and_what_came(warehouse: str, tmp_path: Path) -> None:
    told = []

    def index(before, new, removed, added) -> None:  # type: ignore[no-untyped-def]
        rows = [row for batch in added for row in batch.to_pylist()]
        told.append((before, sorted(removed), rows))
        (new / "segment").write_text(str(len(told)))

    to = tmp_path / "s"
    with Database(warehouse, read_only=True) as live:
        publish(live, str(to), NOON, index=index, index_format="1")
    before, removed, rows = told[0]
    assert (before, removed, len(rows)) == (None, [], 60)
    assert {"Ana Ruiz"} <= {name for row in rows for name in row["persons"]}
    assert {"Oslo"} <= {name for row in rows for name in row["places"]}
    assert {"NO"} <= {name for row in rows for name in row["countries"]}
    gone = rows[0]["version_id"]
    with Warehouse(warehouse) as live:
        live.sql("UPDATE wire.versions SET pub_status = 'canceled' WHERE version_id = ?", gone)
    with Database(warehouse, read_only=True) as live:
        publish(live, str(to), NOON + timedelta(hours=1), index=index, index_format="1")
    before, removed, rows = told[1]
    assert (removed, rows) == ([gone], [])
    assert (before / "segment").read_text() == "1"
    with Database(warehouse, read_only=True) as live:
        publish(live, str(to), NOON + timedelta(hours=2), index=index, index_format="2")
    before, removed, rows = told[2]
    assert (before, removed, len(rows)) == (None, [], 59)
    with Snapshot(str(to)) as snapshot:
        assert (snapshot.search_folder() / "segment").read_text() == "3"


def test_publishing_a_file_that_is_being_written_says_who_is_in_the_way(
    warehouse: str, tmp_path: Path
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb, time; db = duckdb.connect({warehouse!r}); "
         "print(flush=True); time.sleep(60)"], stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(UserError, match="is being written by another process"):
            published(warehouse, tmp_path / "s")
    finally:
        writer.kill()
        writer.wait()
