"""The flows under a real Prefect server: rows, deployments, limits, alarms, late and dead runs.

One server for the module, with services that look every second where they would every minute.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from samples.wire_server import WireServer
from scripts.kill_test import fingerprint
from scripts.prefect_server import running
from wiredesk.commands import run_sources
from wiredesk.errors import UserError
from wiredesk.upkeep.passes import asked, passed

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

ROOT = Path(__file__).parents[1]
QUICK = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_TRIGGERS_PROACTIVE_EVALUATION_INTERVAL": "1",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A server, and the environment in which it is talked to."""
    from prefect.settings import (
        PREFECT_API_URL,
        PREFECT_HOME,
        PREFECT_LOGGING_TO_API_ENABLED,
        temporary_settings,
    )

    folder = tmp_path_factory.mktemp("prefect")
    with running(folder, **QUICK) as around:
        here = {
            PREFECT_API_URL: around["PREFECT_API_URL"],
            PREFECT_HOME: folder,
            PREFECT_LOGGING_TO_API_ENABLED: False,
        }
        with temporary_settings(here):
            yield around


@pytest.fixture
def client(server: dict[str, str]) -> Iterator[SyncPrefectClient]:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as found:
        yield found


def within(seconds: float, what: Callable[[], Any]) -> Any:
    """What comes true in time."""
    until = time.monotonic() + seconds
    while not (found := what()) and time.monotonic() < until:
        time.sleep(0.2)
    return found


def artifact(client: SyncPrefectClient, key: str) -> dict[str, Any]:
    """The latest artifact of a key."""
    answer = client.request("GET", "/artifacts/{key}/latest", path_params={"key": key})
    found: dict[str, Any] = answer.json()
    return found


def test_the_flow_leaves_the_rows_that_the_command_line_leaves(
    client: SyncPrefectClient,
    wire: WireServer,
    sources_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from flows.ingest import poll

    by_flow, by_command = tmp_path / "flow.duckdb", tmp_path / "command.duckdb"
    ids = ["world", "business", "afp", "local", "pages", "drop"]
    for _ in range(2):
        ledgers = poll(str(sources_file), str(by_flow), ids, 1)
        run_sources(
            *(str(sources_file), (), str(by_command), 1),
            every=True,
            as_json=True,
            highlights=False,
        )
        wire.turn_page()
    assert fingerprint(by_flow) == fingerprint(by_command)
    assert ledgers["world"]["new_versions"] == 2
    assert poll(str(sources_file), str(by_flow)) == {}  # none is due
    shown = artifact(client, "ledger")
    assert shown["type"] == "table"
    rows = {row["source"]: row for row in json.loads(shown["data"])}
    assert set(rows) == set(ids)
    assert "listed" in shown["description"]


def test_reports_stand_where_people_read_them(
    client: SyncPrefectClient, sources_file: Path, tmp_path: Path
) -> None:
    from flows.ingest import poll
    from flows.maintenance import maintenance
    from flows.publish import publish
    from flows.quality import quality

    warehouse = str(tmp_path / "w.duckdb")
    poll(str(sources_file), warehouse, ["world"], 1)
    assert publish(warehouse=warehouse)["snapshot"]
    quality(warehouse, desk="http://127.0.0.1:8000")
    maintenance(warehouse, keep=1)
    assert "/w.snapshot/newswire.duckdb" in artifact(client, "publish")["data"].replace("\\", "")
    assert "[Open the desk](http://127.0.0.1:8000)" in artifact(client, "quality")["data"]
    assert artifact(client, "maintenance")["data"].startswith("| what | came of it |")


@pytest.mark.parametrize(
    ("flow", "given", "said"),
    [
        ("ingest.poll", {"only": ["nosuch"]}, "has no source 'nosuch'"),
        ("ingest.poll", {"sources_file": "/nowhere.toml"}, "/nowhere.toml: no such file"),
        ("publish.publish", {"warehouse": "/nowhere.duckdb"}, "no such warehouse"),
        ("publish.publish", {"keep": 0}, "keep: Input should be greater than or equal to 1"),
        (
            "backfill.backfill_source",
            {"source": "world", "first": "2026-02-02", "last": "2026-02-01"},
            "the window ends before it starts",
        ),
        ("backfill.backfill_source", {"source": "world", "first": "x", "last": "y"}, "first: "),
        ("replay.replay", {"since": "yesterday"}, "since: Input should be a valid date"),
    ],
)
def test_a_wrong_parameter_is_one_clear_line(
    server: dict[str, str],
    sources_file: Path,
    tmp_path: Path,
    flow: str,
    given: dict[str, Any],
    said: str,
) -> None:
    from importlib import import_module

    module, name = flow.split(".")
    if module in {"ingest", "backfill"}:
        given = {"sources_file": str(sources_file), **given}
    given = {"warehouse": str(tmp_path / "w.duckdb"), **given}
    state = getattr(import_module(f"flows.{module}"), name)(**given, return_state=True)
    assert state.is_failed()
    assert said in state.message
    assert "Traceback" not in state.message


def test_a_server_that_does_not_answer_is_one_clear_line(sources_file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flows.serve", "--sources", str(sources_file)],
        env={**os.environ, "PREFECT_API_URL": "http://127.0.0.1:9/api"},
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "http://127.0.0.1:9/api does not answer" in done.stderr


def test_all_that_can_be_run_has_a_deployment(sources_file: Path) -> None:
    from flows.serve import deployments

    made = {d.name: d for d in deployments(sources_file, "w.duckdb")}
    sources = ("world", "business", "afp", "local", "pages", "drop")
    timed = {"poll", "publish", "quality", "maintenance"}
    assert set(made) == timed | {"backfill", "replay"} | {f"poll-{s}" for s in sources}
    assert {name for name, d in made.items() if d.schedules} == timed
    assert made["poll"].schedules[0].schedule.interval == timedelta(minutes=1)
    assert made["poll-world"].parameters["only"] == ["world"]
    assert all("wiredesk" in d.tags for d in made.values())
    limit = made["poll"].concurrency_limit
    options = made["poll"].concurrency_options
    assert limit == 1
    assert options.collision_strategy == "CANCEL_NEW"


def test_limits_are_made_once_and_what_a_person_set_stands(client: SyncPrefectClient) -> None:
    from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate

    from flows.limits import laid_out

    names = [f"wiredesk-host-{n}.example" for n in range(3)]
    laid_out(client, names)
    client.update_global_concurrency_limit(names[0], GlobalConcurrencyLimitUpdate(limit=5))
    laid_out(client, [*names, "wiredesk-host-more.example"])
    found = {limit.name: limit.limit for limit in client.read_global_concurrency_limits(limit=99)}
    assert [found[name] for name in (*names, "wiredesk-host-more.example")] == [5, 1, 1, 1]


def test_a_file_has_one_writer_over_all_processes(
    client: SyncPrefectClient, tmp_path: Path
) -> None:
    from prefect.concurrency.sync import concurrency

    from flows.limits import laid_out, polling, writer

    one, other = str(tmp_path / "a" / "w.duckdb"), str(tmp_path / "b" / "w.duckdb")
    laid_out(client, [writer(one), writer(other)])
    with polling(one):
        with pytest.raises(TimeoutError), concurrency(writer(one), timeout_seconds=0.5):
            pass
        with concurrency(writer(other), timeout_seconds=5):
            pass
    with concurrency(writer(one), timeout_seconds=5):
        pass


def test_a_source_that_fails_is_heard_of_once(
    client: SyncPrefectClient, sources_file: Path, tmp_path: Path
) -> None:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock

    from flows.alarms import automations, notification, stand
    from flows.ingest import poll

    text = sources_file.read_text("utf-8").replace("/feeds/world.xml", "/nothing-here.xml")
    sources_file.write_text(text, "utf-8")
    with heard() as (url, told):
        CustomWebhookNotificationBlock(
            name="ops", url=url, json_data={"subject": "{{subject}}", "body": "{{body}}"}
        ).save("ops", overwrite=True)
        for _ in range(2):
            stand(client, automations([notification(client, "custom-webhook/ops")]))
        time.sleep(1.5)  # the service of triggers learns of them
        warehouse = str(tmp_path / "w.duckdb")
        for _ in range(2):
            passed(asked(str(sources_file), ["world"], warehouse), warehouse, 1)
        for _ in range(2):
            poll(str(sources_file), warehouse, ["world"], 1)
        assert within(15, lambda: told)
        time.sleep(1)
        stand(client, automations([notification(client, None)]))
    (message,) = told
    assert message["subject"] == "wiredesk: wiredesk: a source fails"
    assert message["body"].startswith("world: 3 polls in a row failed (hard)")
    named = [automation.name for automation in client.read_automations()]
    assert len(named) == len(set(named)) == 6


def test_a_block_that_is_not_there_is_one_clear_line(client: SyncPrefectClient) -> None:
    from flows.alarms import notification

    for name in ("slack-webhook/nosuch", "nosuch"):
        with pytest.raises(UserError, match="is no block of this server: give TYPE/NAME"):
            notification(client, name)


class _Heard(BaseHTTPRequestHandler):
    told: list[dict[str, str]]

    def do_POST(self) -> None:
        self.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def heard() -> Any:
    """A webhook on loopback, and what it was told."""
    from contextlib import contextmanager

    @contextmanager
    def listening() -> Iterator[tuple[str, list[dict[str, str]]]]:
        told: list[dict[str, str]] = []
        handler = type("Handler", (_Heard,), {"told": told})
        with HTTPServer(("127.0.0.1", 0), handler) as found:
            Thread(target=found.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{found.server_port}/", told
            found.shutdown()

    return listening()


def test_a_run_whose_process_died_is_marked_as_crashed(
    client: SyncPrefectClient, tmp_path: Path
) -> None:
    from prefect.events import emit_event
    from prefect.states import Running

    from flows.alarms import automations, stand
    from flows.ingest import poll

    stand(client, automations([], dead=timedelta(seconds=10)))  # the least that Prefect takes
    time.sleep(1.5)
    run = client.create_flow_run(poll)
    client.set_flow_run_state(run.id, Running(), force=True)
    resource = {"prefect.resource.id": f"prefect.flow-run.{run.id}"}
    emit_event("prefect.flow-run.heartbeat", resource)
    state = within(30, lambda: (s := client.read_flow_run(run.id).state) and s.is_crashed() and s)
    assert state
    assert state.message == "no sign of life for 10 s: its process was killed"


def late(deployment: UUID, minutes: int, *, by_hand: bool = False) -> FlowRun:
    from prefect.client.schemas.objects import FlowRun

    return FlowRun(
        flow_id=uuid4(),
        deployment_id=deployment,
        auto_scheduled=not by_hand,
        expected_start_time=datetime(2026, 5, 5, 12, minutes, tzinfo=UTC),
    )


def test_of_late_runs_the_latest_all_or_none_run_and_those_by_hand_always() -> None:
    from flows.lateness import passed_over

    poll, report = uuid4(), uuid4()
    polls = [late(poll, minutes) for minutes in (2, 0, 1)]
    reports = [late(report, 30)]
    by_hand = [late(poll, 0, by_hand=True)]
    every = [*polls, *reports, *by_hand]
    assert passed_over("latest", every) == [polls[1], polls[2]]
    assert passed_over("all", every) == []
    assert passed_over("none", every) == [polls[1], polls[2], polls[0], reports[0]]


def test_what_was_due_while_nobody_served_is_passed_over_but_for_the_latest(
    client: SyncPrefectClient, sources_file: Path
) -> None:
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

    from flows.ingest import poll
    from flows.lateness import catch_up

    deployment = poll.to_deployment("late", interval=1, parameters={}).apply()

    def scheduled() -> dict[str, list[FlowRun]]:
        """By state, the runs that are due."""
        found: dict[str, list[FlowRun]] = {}
        wanted = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
        for run in client.read_flow_runs(deployment_filter=wanted, limit=200):
            if (
                run.state
                and run.expected_start_time
                and run.expected_start_time <= datetime.now(UTC)
            ):
                kind = "waiting" if run.state.is_scheduled() else run.state.type.value
                found.setdefault(kind, []).append(run)
        return found

    assert within(20, lambda: len(scheduled().get("waiting", ())) >= 4), "nothing is scheduled"
    client.pause_deployment(deployment)
    waiting = scheduled()["waiting"]
    over = catch_up(client, [deployment], "latest", timedelta())
    assert over >= len(waiting) - 1
    after = scheduled()
    assert len(after["CANCELLED"]) == over
    newest = max(after["CANCELLED"], key=lambda run: str(run.expected_start_time))
    assert newest.state
    assert newest.state.message == ("passed over: nobody was there to start it (catch-up: latest)")
    client.delete_deployment(deployment)


def test_lineage_leads_from_the_archive_to_the_snapshot(tmp_path: Path) -> None:
    from flows.assets import archive, loaded, shown

    warehouse = str(tmp_path / "my wire.duckdb")
    place = str(tmp_path).lstrip("/")
    (before,) = archive(warehouse)
    assert [getattr(before, "key", before), loaded(warehouse).key, shown(None, warehouse).key] == [
        f"warc://{place}/my_wire.archive",
        f"duckdb://{place}/my_wire.duckdb",
        f"parquet://{place}/my_wire.snapshot",
    ]
    lake = "ducklake:postgres:dbname=wire host=db password=secret?data=/srv/wire"
    assert "secret" not in loaded(lake).key
