"""The flows under a real Prefect API leave what the command line leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samples.wire_server import WireServer
from scripts.kill_test import fingerprint
from wiredesk.commands import run_sources


@pytest.fixture(scope="module")
def prefect_api() -> Iterator[None]:
    """One real server for the module: it takes a quarter of a minute to start."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=90):
        yield


def test_the_flow_leaves_the_rows_that_the_command_line_leaves(
    prefect_api: None,
    wire: WireServer,
    sources_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from flows.ingest import ingest

    by_flow, by_command = tmp_path / "flow.duckdb", tmp_path / "command.duckdb"
    for _ in range(2):
        ledgers = ingest(str(sources_file), str(by_flow))
        run_sources(
            *(str(sources_file), (), str(by_command), 1),
            every=True,
            as_json=True,
            highlights=False,
        )
        wire.turn_page()
    assert fingerprint(by_flow) == fingerprint(by_command)
    assert ledgers["world"]["new_versions"] == 2


def test_each_source_has_a_deployment_on_its_own_interval(sources_file: Path) -> None:
    from flows.serve import deployments

    made = {d.name: d for d in deployments(sources_file, "w.duckdb")}
    assert set(made) == {
        f"poll-{s}" for s in ("world", "business", "afp", "local", "pages", "drop")
    }
    interval = made["poll-world"].schedules[0].schedule.interval
    assert interval.total_seconds() == 300
    assert made["poll-world"].parameters["source"] == "world"
