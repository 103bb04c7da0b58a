"""Scenario 3: two runs at once, a lock whose process is dead, an analyst who holds the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.faults.copy import offenders, story, written
from wiredesk.warehouse import Warehouse

HOLD = """
import sys, time, duckdb
kind = "READ_ONLY" if sys.argv[2] == "reads" else "READ_WRITE"
db = duckdb.connect()
db.execute(f"ATTACH '{sys.argv[1]}' AS held ({kind})")
print("held", flush=True)
time.sleep(600)
"""


def ingest(copy: Path, warehouse: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "wiredesk.cli", "ingest", str(copy), "--workers", "1"]
    return subprocess.Popen(
        [*command, "--warehouse", str(warehouse)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def held(warehouse: Path, how: str) -> subprocess.Popen[str]:
    """A process that has the file open until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(warehouse), how], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_two_runs_at_once_one_is_told_to_wait_and_nothing_is_doubled(tmp_path: Path) -> None:
    warehouse = tmp_path / "wire.duckdb"
    copies = [
        written(tmp_path / f"{n}.jsonl", [story(m) for m in range(n * 300, n * 300 + 600)])
        for n in range(2)
    ]
    both = [ingest(copy, warehouse) for copy in copies]
    for process in both:
        _, said = process.communicate(timeout=100)
        assert process.returncode in {0, 2}, said
        if process.returncode == 2:
            assert "being written by another process: wait for it, or stop it" in said
    assert 0 in {process.returncode for process in both}
    for copy in copies:
        process = ingest(copy, warehouse)
        process.communicate(timeout=100)
        assert process.returncode == 0
    with Warehouse(str(warehouse)) as w:
        assert w.sql("SELECT count(*), count(DISTINCT story_id) FROM wire.stories") == [(900, 900)]
        assert offenders(w) == {}


def test_the_lock_of_a_process_that_was_killed_is_free_at_once(tmp_path: Path) -> None:
    warehouse = tmp_path / "wire.duckdb"
    copy = written(tmp_path / "wire.jsonl", [story(0)])
    with Warehouse(str(warehouse)):
        pass
    holder = held(warehouse, "writes")
    waiting = ingest(copy, warehouse)
    assert "being written by another process" in waiting.communicate(timeout=60)[1]
    holder.kill()
    holder.communicate()
    after = ingest(copy, warehouse)
    assert after.wait(timeout=60) == 0
    after.communicate()


def test_an_analyst_who_has_the_file_open_is_named_and_loses_nothing(tmp_path: Path) -> None:
    warehouse = tmp_path / "wire.duckdb"
    copy = written(tmp_path / "wire.jsonl", [story(0)])
    with Warehouse(str(warehouse)):
        pass
    analyst = held(warehouse, "reads")
    refused = ingest(copy, warehouse)
    _, said = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert "Traceback" not in said
    assert analyst.poll() is None
    analyst.kill()
    analyst.communicate()
    with Warehouse(str(warehouse)) as w:
        assert offenders(w) == {}
