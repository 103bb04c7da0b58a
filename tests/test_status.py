"""`wiredesk status` and `mart.runs`: what ran, how it ended, what a person should look at."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from wiredesk.errors import UserError, WarehouseBusy
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run
from wiredesk.model import Json, Source
from wiredesk.ops_commands import metrics_command, migrate_command
from wiredesk.parallel import Workers
from wiredesk.publish import publish
from wiredesk.runs import recorded
from wiredesk.status import status
from wiredesk.status_commands import status_command
from wiredesk.warehouse import Warehouse

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
STORY = "OSLO, May 4 (Reuters) - A dock shut on Monday, and its crane stood still, the port said."
POLL = (
    "INSERT INTO ops.polls BY NAME SELECT ? AS source_id, ? AS run_id, "
    "?::TIMESTAMPTZ AS polled_at, 'http://x/' AS url, ? AS outcome, 10 AS listed, 1 AS new, "
    "false AS gap, ? AS failures, "
    "600 AS interval_s, ?::TIMESTAMPTZ AS next_at, ? AS detail"
)


def clock(*times: datetime) -> Callable[[], datetime]:
    """A clock that shows these times, one a look, and then stands still."""
    left = list(times)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def ingest(warehouse: Warehouse, run_id: str, *texts: str) -> None:
    folder = Path(warehouse.path).parent / f"copy-{run_id}"
    folder.mkdir()
    for n, text in enumerate(texts):
        (folder / f"{n}.txt").write_text(text, "utf-8")
    run = Run(run_id, warehouse, None, Workers(1))
    run.ingest(Source("test", "file", ""), captures([str(folder)], "test", NOON))


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "w.duckdb")


def ask(path: str, at: datetime = NOON) -> Json:
    return status(path, str(Path(path).with_suffix(".snapshot")), None, at)


def test_a_run_that_went_well_has_its_end_its_length_and_its_ledger(path: str) -> None:
    with Warehouse(path) as w:
        with recorded(w, "r1", "ingest", clock(NOON, NOON + timedelta(seconds=90))):
            ingest(w, "r1", STORY, "")
        columns, rows = w.table("status_runs", first="r1")
        (run,) = (dict(zip(columns, row, strict=True)) for row in rows)
        (load,) = w.sql("SELECT load_seconds FROM mart.runs")[0]
    assert (run["command"], run["state"], run["seconds"]) == ("ingest", "finished", 90)
    assert (run["sources"], run["listed"], run["new_stories"], run["rejected"]) == (1, 2, 1, 1)
    assert run["detail"] is None
    assert 0 < load < 60


@pytest.mark.parametrize(
    ("error", "state", "detail"),
    [
        (UserError("the lake was lost"), "failed", "the lake was lost"),
        (ValueError("PARIS - the copy itself"), "failed", "ValueError"),
        (KeyboardInterrupt(), "stopped", "KeyboardInterrupt"),
    ],
)
def test_a_run_that_breaks_is_recorded_with_why_and_without_copy(
    path: str, error: BaseException, state: str, detail: str
) -> None:
    with Warehouse(path) as w:
        with pytest.raises(type(error)), recorded(w, "r1", "run", clock(NOON)):
            raise error
        assert w.sql("SELECT state, detail FROM mart.runs") == [(state, detail)]


def test_a_run_whose_warehouse_breaks_ends_by_its_own_error(path: str) -> None:
    with (
        Warehouse(path) as w,
        pytest.raises(ZeroDivisionError),
        recorded(w, "r1", "run", clock(NOON)),
    ):
        w.db.close()
        raise ZeroDivisionError


def test_a_run_that_is_killed_is_running_for_an_hour_and_then_dead(path: str) -> None:
    program = (
        "import sys, time; from datetime import UTC, datetime\n"
        "from wiredesk.runs import recorded; from wiredesk.warehouse import Warehouse\n"
        "with Warehouse(sys.argv[1]) as w:\n"
        "    with recorded(w, 'r1', 'run', lambda: datetime.now(UTC)):\n"
        "        print('began', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"began\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Warehouse(path) as w:
        assert w.sql("SELECT state, ended_at FROM mart.runs") == [("running", None)]
        w.sql("UPDATE ops.runs SET started_at = started_at - INTERVAL 2 HOUR")
        assert w.sql("SELECT state FROM mart.runs") == [("dead",)]
        w.sql("INSERT INTO ops.ledger VALUES ('r1', 'world', now(), 1, 1, 0, 0, 0, 0)")
        assert w.sql("SELECT state FROM mart.runs") == [("running",)]


def test_each_source_stands_as_its_latest_poll_left_it(path: str) -> None:
    at = datetime.now(UTC)
    soon, late = at + timedelta(minutes=5), at - timedelta(minutes=5)
    long_ago = at - timedelta(days=2)
    polls = [
        ("fine", late, "new", 0, soon, None),
        ("fine", long_ago, "temporary", 3, long_ago, "timed out"),
        ("due", late, "unchanged", 0, late, None),
        ("down", long_ago, "new", 0, long_ago, None),
        ("down", late, "temporary", 4, soon, "503\nService \x1b[31mUnavailable"),
        ("forgotten", long_ago, "new", 0, long_ago, None),
        ("gone", late, "gone", 1, None, "410"),
        ("hourly", late, "unchanged", 0, soon, None),
    ]
    with Warehouse(path) as w:
        for source, polled, outcome, failures, next_at, detail in polls:
            w.sql(POLL, source, "r", polled, outcome, failures, next_at, detail)
        w.sql(
            "INSERT INTO ops.ledger SELECT 'r', 'hourly', now() - to_hours(60 - n), "
            "1, 1, 0, 0, 0, 0 FROM range(30) AS t (n)"
        )
        w.sql(
            "INSERT INTO ops.gaps VALUES ('fine', 'r', ?, ?, NULL, 0, 0, NULL), "
            "('fine', 'r', ?, ?, 'http://x/map', 9, 9, NULL)",
            *(long_ago, late, long_ago, late),
        )
    found = ask(path, at)
    assert {row["source_id"]: row["state"] for row in found["sources"]} == {
        "fine": "waiting",
        "due": "due",
        "down": "failing",
        "forgotten": "overdue",
        "gone": "retired",
        "hourly": "silent",
    }
    assert found["alarms"] == {"sources_fresh": 2, "no_notice_held": 0}
    assert [gap["source_id"] for gap in found["gaps"]] == ["fine"], "a gap that was filled is none"
    last = {row["source_id"]: row["seen_at"] for row in found["sources"]}
    assert last["down"] == long_ago
    assert last["gone"] is None


def test_the_screen_says_what_to_look_at_and_ends_with_1(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at = datetime.now(UTC)
    ago = at - timedelta(days=2)
    with Warehouse(path) as w:
        with recorded(w, "20260504T120000-abcdef", "ingest", lambda: datetime.now(UTC)):
            ingest(w, "20260504T120000-abcdef", STORY)
        w.sql(POLL, "forgotten", "r", ago, "new", 0, ago, None)
        w.sql(POLL, "down", "r", at, "temporary", 4, at, "503\nService \x1b[31mUnavailable")
    assert status_command(path, None, as_json=False) == 1
    screen = capsys.readouterr().out
    assert "1 stories, 1 versions" in screen
    assert "sources_fresh: 1 (wiredesk check shows them)" in screen
    assert "overdue  forgotten  was due 2 days ago" in screen
    assert "failing  down  4 times in a row (temporary: 503 Service �[31mUnavailable)" in screen
    assert "20260504T120000-abcdef  ingest   finished" in screen
    assert "1 listed: 1 new" in screen
    assert len(screen.splitlines()) < 24
    assert status_command(path, None, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["states"] == {"failing": 1, "overdue": 1}
    assert told["today"]["listed"] == 1


def test_a_quiet_warehouse_ends_with_0_and_shows_its_schema(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Warehouse(path) as w:
        newest = max(n for (n,) in w.rows("applied_migrations") if n[0].isdigit())
    assert status_command(path, None, as_json=False) == 0
    assert f"schema     {newest}\n" in capsys.readouterr().out


def test_the_size_and_age_of_snapshot_and_archive_are_told(path: str, tmp_path: Path) -> None:
    archive = tmp_path / "w.archive"
    (archive / "2026").mkdir(parents=True)
    (archive / "2026" / "one.warc.gz").write_bytes(b"x" * 1000)
    snapshot = str(tmp_path / "w.snapshot")
    with Warehouse(path) as w:
        ingest(w, "r1", STORY)
        publish(w, snapshot, NOON)
    found = status(path, snapshot, archive, NOON + timedelta(hours=3))
    assert (found["archive"]["files"], found["archive"]["bytes"]) == (1, 1000)
    assert found["snapshot"]["age_s"] == 3 * 3600
    assert found["snapshot"]["bytes"] > 1000


def test_while_another_process_writes_the_snapshot_answers_and_says_so(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot = str(tmp_path / "w.snapshot")
    with Warehouse(path) as w:
        with recorded(w, "r1", "ingest", lambda: datetime.now(UTC)):
            ingest(w, "r1", STORY)
        publish(w, snapshot, datetime.now(UTC))
        ingest(w, "r2", STORY + " It will open again.")
    with holder(path):
        assert status_command(path, snapshot, as_json=False) == 0
        screen = capsys.readouterr().out
    assert "is being written: what follows is of the snapshot" in screen
    assert "1 stories, 1 versions" in screen
    assert "r1  ingest   finished" in screen


def test_without_a_snapshot_a_busy_warehouse_is_one_clear_line(path: str) -> None:
    with Warehouse(path):
        pass
    with holder(path), pytest.raises(WarehouseBusy, match=r"no snapshot is published at .*\.snap"):
        ask(path)


def test_no_warehouse_or_another_kind_of_file_is_a_user_error(path: str, tmp_path: Path) -> None:
    import duckdb

    with pytest.raises(UserError, match="no such warehouse"):
        ask(path)
    with pytest.raises(UserError, match="no such warehouse"):
        migrate_command(path, dry_run=False, as_json=False)
    with duckdb.connect(path) as other:
        other.execute("CREATE TABLE t AS SELECT 1 AS n")
    for command in (ask, partial(migrate_command, dry_run=False, as_json=False), metrics_command):
        with pytest.raises(UserError, match="is no wiredesk warehouse"):
            command(path)
    with duckdb.connect(path) as other:
        assert other.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (1,)


def test_status_of_a_year_of_polls_takes_less_than_a_second(path: str) -> None:
    with Warehouse(path) as w:
        w.sql(
            "INSERT INTO ops.polls BY NAME SELECT 's' || i % 50 AS source_id, "
            "printf('r%09d', i // 50) AS run_id, "
            "now() - to_seconds((600000 - i) * 50) AS polled_at, 'http://x/' AS url, "
            "'new' AS outcome, 20 AS listed, 3 AS new, false AS gap, "
            "0 AS failures, 2500 AS interval_s, polled_at + INTERVAL 1 HOUR AS next_at "
            "FROM range(600000) AS t (i)"
        )
        w.sql("INSERT INTO ops.ledger SELECT run_id, source_id, polled_at, 20, 3, 0, 17, 0, 0 "
              "FROM ops.polls")  # fmt: skip
        w.sql("INSERT INTO ops.runs SELECT run_id, 'run', '0', min(polled_at) FROM ops.polls "
              "GROUP BY run_id")  # fmt: skip
    began = time.process_time()
    found = ask(path, datetime.now(UTC))
    # processor seconds of two threads: the machine may be busy with other things
    assert time.process_time() - began < 2
    assert len(found["sources"]) == 50
    assert len(found["runs"]) == 6


class holder:  # noqa: N801 - used as a block
    """Another process that has the warehouse open for writing."""

    def __init__(self, path: str) -> None:
        program = (
            "import sys; from wiredesk.database import Database\n"
            "with Database(sys.argv[1]): print('open', flush=True); sys.stdin.read()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ,
        )

    def __enter__(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"open\n"

    def __exit__(self, *_: object) -> None:
        self.process.communicate(timeout=30)


def test_who_is_to_write_waits_for_one_that_has_a_look(path: str) -> None:
    with Warehouse(path):
        pass
    looking = (
        "import sys, time; from wiredesk.database import Database\n"
        "with Database(sys.argv[1], read_only=True): print('open', flush=True); time.sleep(0.5)"
    )
    reader = subprocess.Popen([sys.executable, "-c", looking, path], stdout=subprocess.PIPE)
    assert reader.stdout is not None
    assert reader.stdout.readline() == b"open\n"
    with Warehouse(path) as w:
        w.begin_run("r1", "run", NOON)
    reader.communicate(timeout=30)
