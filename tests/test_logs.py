"""What a program says of itself: levels, forms, and what it never says."""

from __future__ import annotations

import json
import logging
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from wiredesk import ingest
from wiredesk.errors import Rejected, SettingsError, Temporary, UserError
from wiredesk.fetch.files import captures
from wiredesk.logs import OURS, about, begin, facts
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.runs import recorded
from wiredesk.warehouse import Warehouse

log = logging.getLogger("wiredesk.testing")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Tests after these find the loggers as they were."""
    kept = {name: logging.getLogger(name) for name in OURS}
    had = {name: (list(lg.handlers), lg.level, lg.propagate) for name, lg in kept.items()}
    yield
    for name, logger in kept.items():
        logger.handlers, logger.propagate = had[name][0], had[name][2]
        logger.setLevel(had[name][1])


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_record_is_one_json_object_with_its_run_source_and_item(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin("info")
    with about(run="r1"), about(source="world"):
        log.info("loaded", extra=facts(item=7417418216112230000, listed=3, seconds=0.12345))
    (row,) = said(capsys)
    assert row.pop("at").endswith("Z")  # type: ignore[attr-defined]
    assert row == {
        "level": "info",
        "event": "loaded",
        "run": "r1",
        "source": "world",
        "item": "7417418216112230000",
        "listed": 3,
        "seconds": 0.123,
    }


def test_what_is_known_is_known_inside_only_and_not_in_another_thread(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin("info")
    with about(run="r1"):
        with about(source="world"):
            pass
        other = Thread(target=lambda: log.info("elsewhere"))
        other.start()
        other.join()
        log.info("after")
    elsewhere, after = said(capsys)
    assert "run" not in elsewhere
    assert after["run"] == "r1"
    assert "source" not in after


def test_quiet_by_default_and_off_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    begin(None)
    log.info("not heard")
    log.warning("heard")
    begin("off")
    log.critical("not heard")
    begin("DEBUG ")
    log.debug("heard")
    assert [row["event"] for row in said(capsys)] == ["heard", "heard"]


def test_a_level_that_is_none_is_one_clear_line() -> None:
    with pytest.raises(SettingsError, match="WIREDESK_LOG='loud' is none of: debug, info, warn"):
        begin("loud")


def test_no_key_password_or_escape_sequence_gets_out(capsys: pytest.CaptureFixture[str]) -> None:
    begin("info")
    url = "https://user:hunter2@wire.example/feed?key=hunter2#x"
    lake = "ducklake:postgres:dbname=wire password=hunter2"
    log.info("asked", extra=facts(url=url, warehouse=lake, reason="two\nlines\x1b[31m"))
    log.info("opened postgresql://me:hunter2@db/wire")
    shown = capsys.readouterr().err
    assert "hunter2" not in shown
    assert shown.count("\n") == 2
    first = json.loads(shown.splitlines()[0])
    assert first["url"] == "https://wire.example/feed?…"
    assert first["reason"] == "two lines�[31m"


def test_of_an_error_there_is_the_type_and_the_place_and_only_words_of_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin("info")
    errors = (
        ValueError("PARIS (Agency) - The copy itself"),
        Rejected("not_a_list", "no list of addresses: b'PARIS (Agency) - The copy itself'"),
        UserError("w.duckdb: no such warehouse"),
        Temporary("https://wire.example/?key=hunter2", "timed out"),
    )
    for error in errors:
        try:
            raise error
        except Exception:
            log.exception("broke")
    rows = said(capsys)
    assert [row["error"] for row in rows] == [
        "ValueError",
        "Rejected",
        "UserError: w.duckdb: no such warehouse",
        "Temporary: timed out",
    ]
    assert all("test_logs.py:" in str(row["trace"]) for row in rows)
    assert "PARIS" not in str(rows)
    assert "hunter2" not in str(rows)


def test_a_long_fact_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    begin("info")
    log.info("failed", extra=facts(reason="x" * 5000))
    (row,) = said(capsys)
    assert len(str(row["reason"])) == 200


def test_facts_that_are_not_known_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    begin("info")
    at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    log.info("polled", extra=facts(status=None, next_at=at))
    (row,) = said(capsys)
    assert "status" not in row
    assert row["next_at"] == "2026-05-04T12:00:00Z"


def test_on_a_terminal_a_record_is_a_line_for_people() -> None:
    program = (
        "import logging; from wiredesk.logs import about, begin, facts; begin('info')\n"
        "with about(run='r1', source='world'):\n"
        "    logging.getLogger('wiredesk.x').info('polled',"
        " extra=facts(outcome='new', reason='two words'))"
    )
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", program], stderr=theirs, check=True, timeout=60)
    line = os.read(ours, 4096).decode().strip()
    os.close(ours)
    os.close(theirs)
    assert line[8:] == ' info    r1 world: polled outcome=new reason="two words"'


def test_to_begin_again_says_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    begin("info")
    begin("info")
    log.info("once")
    assert [row["event"] for row in said(capsys)] == ["once"]


def test_standard_error_that_nobody_reads_stops_no_work() -> None:
    program = (
        "import logging, sys; from wiredesk.logs import begin; begin('info'); sys.stderr.close()\n"
        "logging.getLogger('wiredesk.x').info('lost'); print('done')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "done\n"


def test_what_a_load_turns_away_is_told_with_its_run_source_and_item_and_without_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin("debug")
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '{"id": "s1", "text": "OSLO (Reuters) - A dock shut on Monday."}\n'
        '["s2"]\n'
        '{"id": "s3", "text": "never closed\n'
    )
    with Warehouse(str(tmp_path / "w.duckdb")) as w, recorded(w, "r1", "ingest", ingest.now):
        run = ingest.Run("r1", w, None, Workers(1))
        run.ingest(Source("desk", "file", ""), captures([str(path)], "desk", ingest.now()))
    shown = capsys.readouterr().err
    rows = [json.loads(line) for line in shown.splitlines()]
    assert {row["run"] for row in rows} == {"r1"}
    events = [row["event"] for row in rows]
    assert (events[0], events[-1]) == ("run began", "run ended")
    rejected = [row for row in rows if row["event"] == "rejected"]
    assert [(row["source"], row["where"], row["code"]) for row in rejected] == [
        ("desk", "line 2", "json_not_object"),
        ("desk", "line 3", "json_invalid"),
    ]
    (loaded,) = (row for row in rows if row["event"] == "loaded")
    assert (loaded["listed"], loaded["new_stories"], loaded["rejected"]) == (3, 1, 2)
    assert "dock" not in shown
    assert "never closed" not in shown
