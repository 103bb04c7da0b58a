"""Scenario 17: an item that crashes, hangs or bloats its reader costs itself and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.faults.copy import feed, offenders, story, written
from wiredesk import parallel, quarantine
from wiredesk import steps as steps_module
from wiredesk.errors import UserError
from wiredesk.formats import Part, parts
from wiredesk.intake import Done, Followed, Job, Teaser, work
from wiredesk.model import Capture, Item, Source
from wiredesk.parallel import Workers
from wiredesk.steps import Over, Step
from wiredesk.warehouse import Warehouse

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SOURCE = Source("test", "file", "")
POISON = Path(__file__).parent / "poison"


def ingest(folder: Path, *paths: Path, poison: bool = True) -> subprocess.Popen[bytes]:
    """`wiredesk ingest` whose readers know poison."""
    command = [sys.executable, "-m", "wiredesk.cli", "ingest", *map(str, paths), "--json"]
    command += ["--warehouse", str(folder / "wire.duckdb"), "--workers", "2"]
    environment = os.environ | ({"PYTHONPATH": str(POISON)} if poison else {})
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )


def report(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    out, err = process.communicate(timeout=100)
    assert process.returncode in {0, 1}, err.decode()
    found: dict[str, Any] = json.loads(out)
    return found


def capture(body: bytes) -> Capture:
    return Capture(source="test", locator="wire.jsonl", body=body, fetched_at=NOON, sha256="0" * 64)


def jobs(tmp_path: Path, stories: list[dict[str, str]]) -> list[Job]:
    body = written(tmp_path / "wire.jsonl", stories).read_bytes()
    return [Job(SOURCE, part) for part in parts(capture(body), SOURCE)]


def read(done: list[Done]) -> tuple[int, list[tuple[str, str | None]]]:
    """How many stories were read, and the code and place of each reject."""
    rejects = [(no.code, no.where) for d in done for no in d.rows.rejects]
    return sum(len(d.rows.candidates) for d in done), rejects


# -- the whole command


def test_what_crashes_hangs_or_wants_all_memory_is_put_aside_and_the_rest_is_loaded(
    tmp_path: Path,
) -> None:
    orders = {3: "crash", 600: "exit", 601: "hang", 1100: "memory"}
    stories = [
        story(n, f"POISON {orders[n]} " if n in orders else "") for n in range(1200)
    ]  # three parts
    path = written(tmp_path / "wire.jsonl", stories)
    bad = tmp_path / "bad.xml"
    bad.write_text(feed({"POISON feed": "Nobody gets to read this."}), "utf-8")
    good = tmp_path / "good.xml"
    good.write_text(feed({"Ferries sail": "Ferries sailed again on Monday."}), "utf-8")
    said = report(ingest(tmp_path, bad, path, good))
    assert said["totals"]["stories"] == 1197
    assert {(no["place"], no["code"]) for no in said["rejects"]} == {
        ("line 4", "crash"), ("line 601", "crash"), ("line 602", "timeout"),
        ("line 1101", "memory"), (None, "crash"),
    }  # fmt: skip
    with Warehouse(str(tmp_path / "wire.duckdb")) as w:
        assert offenders(w) == {}
        kept = w.sql("SELECT count(*) FROM raw.captures WHERE archive_path IS NOT NULL")
        assert kept == [(3,)], "the payload of a poison item stays in the archive"
    again = report(ingest(tmp_path, bad, path, good))
    assert again["totals"] == said["totals"]
    assert again["sources"][0]["duplicates"] == 1202, "loaded once, and not read again"


def test_what_was_poison_is_read_once_the_reader_is_mended(tmp_path: Path) -> None:
    path = written(tmp_path / "wire.jsonl", [story(0), story(1, "POISON exit ")])
    assert report(ingest(tmp_path, path))["totals"]["stories"] == 1
    written(path, [story(0), story(1, "POISON exit "), story(2)])
    said = report(ingest(tmp_path, path, poison=False))
    assert said["totals"]["stories"] == 3


def test_readers_do_not_outlive_a_run_that_was_killed(tmp_path: Path) -> None:
    path = written(tmp_path / "wire.jsonl", [story(0, "POISON hang ")])
    process = ingest(tmp_path, path)
    readers: set[int] = set()
    until = time.monotonic() + 40
    while len(readers) < 3 and time.monotonic() < until:  # the server, its tracker and a reader
        readers = _below(process.pid)
        time.sleep(0.1)
    process.kill()
    process.communicate()
    while any(map(_lives, readers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert [pid for pid in readers if _lives(pid)] == []


def _below(pid: int) -> set[int]:
    """The processes that a process has started, and those that they have."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = {pid}
    while more := {child for child, parent in pairs if parent in found} - found:
        found |= more
    return found - {pid}


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


# -- workers


def _flagged(order: tuple[str, int]) -> int:
    """Obey once: the flag says that it was done."""
    flag, n = order
    path = Path(flag)
    if n == 5 and not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def _sleepy(n: int) -> int:
    if n == 5:
        time.sleep(3600)
    return n


def _greedy(n: int) -> int:
    if n == 5:
        raise MemoryError
    return n


def _mistaken(n: int) -> int:
    return 1 // (n - 5)


def _nothing(n: int) -> list[int]:
    return []


def test_a_worker_that_is_killed_costs_no_part_and_no_order(tmp_path: Path) -> None:
    orders = [(str(tmp_path / "flag"), n) for n in range(40)]
    with Workers(2) as crew:
        found = list(crew.in_order(_flagged, orders, lambda order: [_flagged(order)]))
    assert found == list(range(40))


def test_a_part_that_takes_too_long_is_salvaged_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "PART_SECONDS", 1.0)
    with Workers(2) as crew:
        found = list(crew.in_order(_sleepy, range(30), lambda n: [-n, -n]))
    assert found == [0, 1, 2, 3, 4, -5, -5, *range(6, 30)]


def test_a_part_that_wants_too_much_memory_is_salvaged() -> None:
    with Workers(2) as crew:
        assert list(crew.in_order(_greedy, range(8), _nothing)) == [0, 1, 2, 3, 4, 6, 7]


def test_a_bug_still_stops_the_run() -> None:
    with Workers(2) as crew, pytest.raises(ZeroDivisionError):
        list(crew.in_order(_mistaken, range(8), _nothing))


def test_where_nothing_salvages_it_is_said_what_to_do(tmp_path: Path) -> None:
    orders = [(str(tmp_path / "flag"), n) for n in range(8)]
    with Workers(2) as crew, pytest.raises(UserError, match="wiredesk ingest puts it aside"):
        list(crew.in_order(_flagged, orders))


# -- step by step


def _deadly(job: Job | Followed, over: Over) -> Iterator[Step | Done]:
    """Steps of which those that meet POISON end the process."""
    for said in steps_module.steps(job, over):
        yield said
        if isinstance(said, Step) and said.stage == "extract" and _poisoned(job, said):
            os._exit(7)


def _poisoned(job: Job | Followed, step: Step) -> bool:
    if isinstance(job, Followed):
        teaser, came = job.pairs[step.number]
        page = b"" if isinstance(came, str) else came.body
        return b"POISON" in page or "POISON" in teaser.item.body
    return b"POISON" in job.part.capture.body.split(b"\n")[step.number - job.part.first]


def _lost_at_once(job: Job | Followed, over: Over) -> Iterator[Step | Done]:
    os._exit(7)
    yield from ()


def test_read_step_by_step_a_part_gives_what_it_gives_at_once(tmp_path: Path) -> None:
    lines = [story(n) for n in range(5)]
    path = written(tmp_path / "wire.jsonl", lines)
    body = path.read_bytes() + b'\n{"id": "broken", "text": \n'
    job = Job(SOURCE, Part(capture(body), "jsonl", first=500))
    at_once, stepwise = work(job), list(quarantine.one_by_one(job))
    assert read(stepwise) == read([at_once]) == (5, [("json_invalid", "line 507")])
    keys = [c for done in stepwise for c in done.rows.candidates]
    assert keys == list(at_once.rows.candidates)


def test_after_five_poisons_the_rest_of_a_part_is_put_aside_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "steps", _deadly)
    lines = [story(n, "POISON " if n > 2 else "") for n in range(12)]
    (job,) = jobs(tmp_path, lines)
    done = list(quarantine.one_by_one(job))
    stories, rejects = read(done)
    assert stories == 3
    assert rejects == [("crash", f"line {n + 1}") for n in range(3, 12)]
    assert "not read: 5 others" in done[-1].rows.rejects[0].detail


def test_a_page_that_is_poison_leaves_its_entry_standing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quarantine, "steps", _deadly)

    def entry(n: int, body: str) -> Teaser:
        url = f"http://wire.example/{n}"
        item = Item(
            source="test", format="feed", ordinal=n, id=f"e{n}", body=body, title=f"Fair {n} opens",
            url=url,
        )  # fmt: skip
        return Teaser(SOURCE, capture(b""), item, n)

    page = (
        b"<html><body><article><h1>Fair</h1><p>A fair opened in Oslo.</p></article></body></html>"
    )
    pairs = (
        (entry(0, "A fair opened on Monday."), capture(page.replace(b"Oslo", b"POISON"))),
        (entry(1, "Another fair opened on Monday."), "no story on the page"),
        (entry(2, "POISON in the entry itself."), capture(page)),
    )
    stories, rejects = read(list(quarantine.one_by_one(Followed(SOURCE, capture(b""), pairs))))
    assert (stories, rejects) == (2, [("crash", "item 3")])


def test_readers_that_cannot_start_are_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "steps", _lost_at_once)
    (job,) = jobs(tmp_path, [story(0)])
    with pytest.raises(UserError, match="could not start"):
        list(quarantine.one_by_one(job))
