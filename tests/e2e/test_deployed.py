"""The deployment of docker-compose.yml at work, without containers: one system for all tests.

They stand in the order of a day: the first ones look, the last one kills.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from samples.wire_server import WireServer, serving
from tests.e2e.system import System, started, until
from wiredesk.errors import UserError
from wiredesk.snapshot import Snapshot
from wiredesk.warehouse import Warehouse

#: a minute and a half where the machine does nothing else; the first test starts the system
pytestmark = pytest.mark.timeout(240)
SOON = 5  # seconds between polls here: nobody wants to wait for the minute that is the default
SOURCES = """
[sources.world]
kind = "feed"
url = "{url}/feeds/world.xml"
agency = "reuters"
every = 2
min = 1
max = 2
allow = ["127.0.0.1"]
robots = false
delay = 0
"""
STORIES = "SELECT count(*) FROM wire.stories"


@pytest.fixture(scope="module")
def wire() -> Iterator[WireServer]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def system(wire: WireServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("deployed")
    sources = folder / "sources.toml"
    sources.write_text(SOURCES.format(url=wire.url), "utf-8")
    with started(folder, sources) as found:
        yield found


def deployment(system: System, name: str) -> dict[str, Any]:
    (found,) = system.api("deployments/filter", {"deployments": {"name": {"any_": [name]}}})
    said: dict[str, Any] = found
    return said


def timetable(system: System, **changes: Any) -> str:
    """Change the schedule of the polls, as a person may in the UI; the id of the deployment."""
    poll = deployment(system, "poll")
    (schedule,) = poll["schedules"]
    path = f"deployments/{poll['id']}/schedules/{schedule['id']}"
    system.api(path, changes, method="PATCH")
    return str(poll["id"])


def completed(system: System, poll: str) -> dict[str, dict[str, Any]]:
    """The polls that the schedule started and that completed, as Prefect's API tells of them."""
    asked = {
        "deployments": {"id": {"any_": [poll]}},
        "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
    }
    found = system.api("flow_runs/filter", asked)
    return {run["id"]: run for run in found if run["auto_scheduled"]}


def scheduled(system: System) -> dict[str, Any]:
    """The next poll that the schedule brings, once it has completed."""
    poll = timetable(system, active=True, schedule={"interval": SOON})
    before = completed(system, poll)
    # what the server's scheduler does by itself, once a minute
    system.api(f"deployments/{poll}/schedule", {"min_runs": 20})
    for _ in until(60):
        for id_, run in completed(system, poll).items():
            if id_ not in before:
                return run
    pytest.fail(f"no scheduled poll completed\n{system.told()}")


def at_rest(system: System) -> None:
    """Let no poll be under way, nor begin."""
    timetable(system, active=False)
    busy = {"flow_runs": {"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}}
    for _ in until(30):
        if not system.api("flow_runs/filter", busy):
            return
    pytest.fail(f"runs do not end\n{system.told()}")


def rows(system: System, statement: str) -> list[tuple[Any, ...]]:
    """What the warehouse answers, once nobody writes it."""
    for _ in until(20):
        try:
            with Warehouse(f"{system.here.folder}/data/newswire.duckdb", read_only=True) as opened:
                return opened.sql(statement)
        except UserError:
            continue
    pytest.fail(f"the warehouse stays busy\n{system.told()}")


def test_what_runs_is_what_the_compose_file_says(system: System) -> None:
    for service in (system.services[name] for name in ("prefect", "worker", "desk")):
        # before a script stands the interpreter that its first line names
        told = service.running()[-len(service.command) :]
        assert told[1:] == service.command[1:]
        assert Path(told[0]).name == Path(service.command[0]).name


def test_prefect_answers_nobody_without_the_password(system: System) -> None:
    asked: dict[str, Any] = {"json": {}, "timeout": 20}
    url = system.url("4200/api/deployments/filter")
    assert httpx.post(url, **asked).status_code == 401
    assert httpx.post(url, **asked, auth=("desk", "guess")).status_code == 401
    assert {d["name"] for d in system.api("deployments/filter", {})} >= {"poll", "publish"}


def test_the_ui_is_served_from_a_folder_that_may_be_written(system: System) -> None:
    page = httpx.get(system.url("4200/"), follow_redirects=True, timeout=20)
    assert page.status_code == 200
    assert "Prefect" in page.text
    assert (system.here.folder / "tmp" / "prefect-ui").is_dir()


def test_prefect_keeps_its_runs_in_postgresql(system: System) -> None:
    assert not list(system.here.folder.rglob("*.db"))


def test_a_scheduled_run_completes_and_its_rows_are_in_the_warehouse(system: System) -> None:
    run = scheduled(system)
    assert run["state_name"] == "Completed"
    ((stories,),) = rows(system, STORIES)
    assert stories > 0
    assert rows(system, "SELECT DISTINCT source_id FROM ops.ledger") == [("world",)]


def test_the_rows_are_in_the_published_snapshot_that_the_desk_shows(system: System) -> None:
    publish = deployment(system, "publish")
    run = system.api(f"deployments/{publish['id']}/create_flow_run", {})
    for _ in until(60):
        if system.api(f"flow_runs/{run['id']}")["state_type"] == "COMPLETED":
            break
    else:
        pytest.fail(f"nothing was published\n{system.told()}")
    with Snapshot(f"{system.here.folder}/snapshots/newswire") as snapshot:
        assert snapshot.sql(STORIES) == rows(system, STORIES)
    page = httpx.get(system.url("2718/"), follow_redirects=True, timeout=20)
    assert page.status_code == 200
    assert "wiredesk" in page.text


def test_a_worker_that_was_killed_goes_on_where_it_was(system: System, wire: WireServer) -> None:
    updates = "SELECT count(*) FROM wire.versions"
    ((before,),) = rows(system, updates)
    at_rest(system)  # what a run leaves that is killed, tests/faults and tests of the flows show
    system.services["worker"].kill()
    wire.turn_page()
    system.services["worker"].start()
    system.services["worker"].until_healthy(60)
    scheduled(system)
    ((after,),) = rows(system, updates)
    assert after > before
    assert rows(system, "SELECT count(*) - count(DISTINCT version_id) FROM wire.versions") == [(0,)]
