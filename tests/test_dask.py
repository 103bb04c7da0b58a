"""A real scheduler and real workers on loopback read; what was begun here loads."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from scripts.kill_test import fingerprint
from tests.postgres import PASSWORD, serving
from tests.test_lake import offenders, rows_of, tables_of
from wiredesk.afar import cluster as cluster_
from wiredesk.afar import files
from wiredesk.afar.cluster import Cluster
from wiredesk.afar.readers import here, packed
from wiredesk.backfill_commands import Given, backfill
from wiredesk.backfills import dumps
from wiredesk.backfills.running import Progress
from wiredesk.benches.made_up_wire import SINCE, SPAN, stories
from wiredesk.errors import UserError
from wiredesk.replay_commands import replayed
from wiredesk.warehouse import Warehouse

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'wiredesk[dask]'")

ROOT = Path(__file__).parents[1]
DAYS = f"{SINCE:%Y-%m-%d}", f"{SINCE + SPAN:%Y-%m-%d}"
#: how many workers more may die of a part before it is given up
DEATHS = "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"
TOOK = re.compile(r"\b\d+\.\d+(e-\d+)?")  #: seconds
OLDER = "import wiredesk\nwiredesk.__version__ = '0.0.9'\n"


class Machines:
    """A scheduler and its workers, each a process as the command line starts it."""

    def __init__(self, folder: Path, deaths: int) -> None:
        self.folder = folder
        self._settings = {DEATHS: str(deaths), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT}/src"}
        self._started: list[subprocess.Popen[str]] = []
        self.scheduler = self._start(
            "scheduler", "--port", "0", "--dashboard-address", "127.0.0.1:0"
        )
        self.address = self._said(self.scheduler, r"Scheduler at: *(tcp://\S+)")

    def worker(self, *more: str) -> subprocess.Popen[str]:
        """One more worker, with nobody to start it again."""
        given = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        place = ("--local-directory", str(self.folder))
        worker = self._start("worker", self.address, *given, *place, *more)
        self._said(worker, r"(Registered to)")
        return worker

    def end(self) -> None:
        for process in self._started:
            process.kill()
            process.wait(20)

    def _start(self, *command: str) -> subprocess.Popen[str]:
        host = ("--host", "127.0.0.1") if command[0] == "scheduler" else ()
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *command, *host],
            env=os.environ | self._settings,
            cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._started.append(process)
        return process

    def _said(self, process: subprocess.Popen[str], pattern: str) -> str:
        assert process.stderr
        for line in process.stderr:
            if found := re.search(pattern, line):
                # what else it says must not fill the pipe
                threading.Thread(target=process.stderr.read, daemon=True).start()
                return found[1]
        raise RuntimeError("a process of Dask ended before it was ready")


@contextmanager
def machines(folder: Path, workers: int, deaths: int = 3) -> Iterator[Machines]:
    with ExitStack() as stack:
        here = Machines(folder, deaths)
        stack.callback(here.end)
        for _ in range(workers):
            here.worker()
        yield here


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two workers that outlive their tests."""
    with machines(tmp_path_factory.mktemp("dask"), 2) as pair:
        yield pair


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "wire.duckdb"
    with Warehouse(str(path)):
        pass
    return path


@pytest.fixture
def dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dump of six partitions."""
    monkeypatch.setattr(dumps, "STORIES", 30)
    path = tmp_path / "dump.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in stories(150)))
    (tmp_path / "sources.toml").write_text(
        f'[sources.made]\nkind = "archive"\nurl = "{path}"\n'
        '[sources.web]\nkind = "feed"\nurl = "https://news.example/feed"\n'
    )
    return path


def given(dump: Path, warehouse: str | Path, dask: str | None, source: str = "made") -> Given:
    sources = str(dump.parent / "sources.toml")
    about = Given(source, *DAYS, workers=1, sources_file=sources, warehouse=str(warehouse))
    return Given(**{name: getattr(about, name) for name in about.__slots__} | {"dask": dask})


def refusal(about: Given) -> str:
    with pytest.raises(UserError) as no:
        backfill(about)
    assert "\n" not in str(no.value)
    return str(no.value)


# -- what it leaves


def test_a_lake_that_two_machines_read_for_has_the_rows_of_a_file_though_one_is_killed(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "alone.duckdb"
    backfill(given(dump, file, None))
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setattr(cluster_, "AHEAD", 1)  # so that some are still to be read
    monkeypatch.setattr(files, "read_ahead", None)  # what was given up would be read by that
    with serving() as server, machines(tmp_path, 1) as ours:
        lake = f"ducklake:postgres:{server.database()}?data={server.folder}/files"
        victim = ours.worker()
        killed: list[int] = []

        def kill(progress: Progress) -> None:
            if progress.done == 1:
                victim.kill()
                killed.append(progress.done)

        found = backfill(given(dump, lake, ours.address), kill)
        assert killed == [1]
        assert (found["loaded"], found["waiting"], found["rejected"]) == (found["partitions"], 0, 0)
        with Warehouse(lake) as w, Warehouse(str(file)) as alone:
            rows, expected = rows_of(w), tables_of(rows_of(alone))
            for ends in (rows, expected):
                ends["ops.partition_ends"] = [
                    TOOK.sub("", row) for row in ends["ops.partition_ends"]
                ]
            assert rows == expected
            assert offenders(w) == {}


def test_a_lake_that_goes_away_is_told_in_one_line_and_the_next_run_finishes(
    dump: Path, pair: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setattr(dumps, "STORIES", 60)
    with serving() as server:
        lake = f"ducklake:postgres:{server.database()}?data={server.folder}/files"

        def gone(progress: Progress) -> None:
            if progress.done == 1:
                server.stop()

        with pytest.raises(UserError, match=r"was lost: .* run it again") as no:
            backfill(given(dump, lake, pair.address), gone)
        assert "\n" not in str(no.value)
        server.start()
        found = backfill(given(dump, lake, pair.address))
        assert (found["before"], found["loaded"]) == (1, found["partitions"] - 1)
        with Warehouse(lake) as w:
            items = w.sql("SELECT count(DISTINCT native_id), count(*) FROM raw.items")
            assert items == [(150, 153)]


def test_a_replay_that_workers_read_for_puts_right_what_differs(
    dump: Path, pair: Machines, blank: Path, tmp_path: Path
) -> None:
    warehouse = shutil.copy(blank, tmp_path / "wire.duckdb")
    backfill(given(dump, warehouse, "local"))
    before = fingerprint(warehouse)
    with Warehouse(str(warehouse)) as w:
        w.sql("UPDATE wire.versions SET headline = 'Wrong' WHERE native_id = 'made-7'")
        changed = w.sql("SELECT count(*) FROM wire.versions WHERE headline = 'Wrong'")[0][0]
    asked = (None, None, None, None, str(warehouse), None, pair.address)
    report, faults = replayed(*asked)
    assert (report["changed"], faults) == (changed, False)
    assert changed
    assert fingerprint(warehouse) == before


# -- what befalls a part


def fatal(n: int) -> int:
    if n == 3:
        os._exit(1)
    return n


def test_what_no_worker_survives_is_read_where_the_run_was_begun(tmp_path: Path) -> None:
    with machines(tmp_path, 2, deaths=0) as ours, Cluster(ours.address) as cluster:
        found = list(cluster.in_order(fatal, range(12), lambda n: [-n]))
    assert found[3] == -3
    assert [abs(n) for n in found] == list(range(12))  # others may have waited for the same worker


def test_a_part_that_has_no_end_ends_its_worker() -> None:
    program = (
        "import sys, time\nfrom wiredesk.afar import readers\nreaders.PART_SECONDS = 0.2\n"
        "readers.read_there(readers.packed(readers.here(), time.sleep, 60))"
    )
    began = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.returncode == 1
    assert b"Timeout" in ended.stderr
    assert time.monotonic() - began < 30


def test_a_part_is_sent_as_bytes_that_name_who_sent_it() -> None:
    assert here() == here()
    assert isinstance(packed(here(), fatal, 3), bytes)


# -- what is refused


def test_a_worker_of_another_version_is_refused_in_one_line_whenever_it_comes(
    dump: Path, blank: Path, tmp_path: Path
) -> None:
    (tmp_path / "older.py").write_text(OLDER)
    warehouse = shutil.copy(blank, tmp_path / "wire.duckdb")
    older = r"has wiredesk 0\.0\.9 .* here it is wiredesk"
    with machines(tmp_path, 0) as ours:
        first = ours.worker()

        def joined(progress: Progress) -> None:
            if progress.done == 1:  # and what the first one read ahead is lost with it
                ours.worker("--preload", str(tmp_path / "older.py"))
                first.kill()

        with (
            pytest.raises(UserError, match=rf"that has joined {older}"),
            Cluster(ours.address) as cluster,
        ):
            backfill(given(dump, warehouse, None), joined, cluster)
        assert re.search(rf"worker tcp://\S+ {older}", refusal(given(dump, blank, ours.address)))
    with Warehouse(str(warehouse)) as w:
        assert w.sql("SELECT state FROM ops.run_ends") == [("failed",)]


def test_a_scheduler_that_does_not_answer_is_told_in_one_line(
    dump: Path, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_, "REACHED", 0.5)
    for address in ("tcp://127.0.0.1:1", "nowhere.invalid:8786", "carrier pigeon"):
        assert f"no Dask scheduler answers at {address} (" in refusal(given(dump, blank, address))


def test_a_cluster_without_workers_is_told_in_one_line(
    dump: Path, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_, "PATIENCE", 0.5)
    with machines(tmp_path, 0) as ours:
        assert "has had no worker" in refusal(given(dump, blank, ours.address))


def test_a_scheduler_that_dies_leaves_what_is_loaded_and_one_line(
    dump: Path, blank: Path, tmp_path: Path
) -> None:
    warehouse = shutil.copy(blank, tmp_path / "wire.duckdb")
    with machines(tmp_path, 1) as ours:

        def dead(progress: Progress) -> None:
            if progress.done == 2:
                ours.scheduler.kill()

        with pytest.raises(UserError, match=r"was lost: what is loaded stays, run it again"):
            backfill(given(dump, warehouse, ours.address), dead)
    found = backfill(given(dump, warehouse, None))
    assert found["before"] >= 2
    assert found["before"] + found["loaded"] == found["partitions"]


def test_a_file_that_workers_do_not_see_is_named(
    dump: Path, pair: Machines, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / "sources.toml"
    # each process has a folder of its own behind this path
    sources.write_text(sources.read_text().replace(str(dump), f"/proc/self/cwd/{dump.name}"))
    monkeypatch.chdir(tmp_path)
    said = refusal(given(dump, shutil.copy(blank, tmp_path / "wire.duckdb"), pair.address))
    assert f"/proc/self/cwd/{dump.name} is not there, or another file, for a worker" in said


def test_a_source_on_the_web_is_asked_from_one_machine(dump: Path, blank: Path) -> None:
    assert "leave Dask out" in refusal(given(dump, blank, "local", "web"))


def test_without_dask_the_command_says_what_to_install(
    dump: Path, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install 'wiredesk[dask]'" in refusal(given(dump, blank, "local"))


# -- as a flow


@pytest.fixture
def prefect_api() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=90):
        yield


def test_the_flow_leaves_the_rows_of_the_command(
    prefect_api: None,
    dump: Path,
    pair: Machines,
    blank: Path,
    tmp_path: Path,
) -> None:
    from flows.afar import backfill_afar, runner

    by_flow = shutil.copy(blank, tmp_path / "flow.duckdb")
    by_command = shutil.copy(blank, tmp_path / "command.duckdb")
    flow = backfill_afar.with_options(task_runner=runner(pair.address))
    found = flow("made", *DAYS, str(tmp_path / "sources.toml"), str(by_flow))
    backfill(given(dump, by_command, None))
    assert (found["loaded"], found["rejected"]) == (found["partitions"], 0)
    assert fingerprint(by_flow) == fingerprint(by_command)
