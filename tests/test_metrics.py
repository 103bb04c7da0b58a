"""What Prometheus is told: true counts, valid text, a file that is always whole."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.test_status import NOON, POLL, STORY, clock, holder, ingest
from wiredesk import metrics
from wiredesk.errors import UserError
from wiredesk.ops_commands import metrics_command
from wiredesk.runs import recorded
from wiredesk.warehouse import Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """Two runs, one of which failed; a source that was polled three times, badly in the end."""
    with Warehouse(str(tmp_path / "w.duckdb")) as w:
        with recorded(w, "r1", "ingest", clock(NOON, NOON + timedelta(seconds=40))):
            ingest(w, "r1", STORY, STORY, "")
        with (
            pytest.raises(UserError),
            recorded(w, "r2", "run", clock(NOON, NOON + timedelta(seconds=4))),
        ):
            raise UserError("lost")
        for hour, outcome, failures in ((0, "new", 0), (1, "unchanged", 0), (2, "soft", 1)):
            at = NOON + timedelta(hours=hour)
            w.sql(POLL, 'a "b" \\ c\nd', "r2", at, outcome, failures, at, None)
        w.sql(
            "INSERT INTO ops.fetches SELECT run_id, source_id, url, polled_at, "
            "if(failures > 0, 'failed', outcome), 200, NULL, NULL FROM ops.polls"
        )
        yield w


def samples(text: str) -> dict[tuple[str, ...], float]:
    """By name and the values of its labels, each sample."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_counts_are_those_of_the_ledger_and_the_polls(warehouse: Warehouse) -> None:
    found = samples(metrics.text(warehouse, NOON + timedelta(hours=3)).decode())
    odd = 'a "b" \\ c\nd'
    assert found["wiredesk_listed_total", "test"] == 3
    assert found["wiredesk_items_total", "new", "test"] == 1
    assert found["wiredesk_items_total", "duplicates", "test"] == 1
    assert found["wiredesk_items_total", "rejected", "test"] == 1
    assert found["wiredesk_polls_total", odd] == 3
    assert found["wiredesk_failed_polls_total", odd] == 1
    assert found["wiredesk_failed_fetches_total", odd] == 1
    assert found["wiredesk_consecutive_failures", odd] == 1
    success = (NOON + timedelta(hours=1)).timestamp()
    assert found["wiredesk_last_success_timestamp_seconds", odd] == success
    assert found["wiredesk_sources", "failing"] == 1
    assert found["wiredesk_stories",] == 1
    assert found["wiredesk_unaccounted",] == 0
    assert found["wiredesk_warehouse_bytes",] > 0


def test_runs_make_a_histogram_whose_steps_add_up(warehouse: Warehouse) -> None:
    found = samples(metrics.text(warehouse, NOON).decode())
    bucket = {
        key[2]: value
        for key, value in found.items()
        if key[0] == "wiredesk_run_duration_seconds_bucket" and key[1] == "ingest"
    }
    assert (bucket["15"], bucket["60"], bucket["+Inf"]) == (0, 1, 1)
    assert list(bucket.values()) == sorted(bucket.values())
    assert found["wiredesk_run_duration_seconds_sum", "ingest", "finished"] == 40
    assert found["wiredesk_run_duration_seconds_count", "run", "failed"] == 1
    assert found["wiredesk_load_seconds_total", "ingest", "finished"] > 0


def test_a_run_leaves_its_metrics_and_a_worker_serves_them_on_loopback_only(
    tmp_path: Path,
) -> None:
    left = tmp_path / "wiredesk.prom"
    server = metrics.serve(left, 0)
    try:
        assert server.server_address[0] == "127.0.0.1"
        url = f"http://127.0.0.1:{server.server_port}/metrics"
        assert "wiredesk_versions" not in asked(url), "before the first run there is nothing"
        with Warehouse(str(tmp_path / "w.duckdb")) as w:
            for n in (1, 2):
                with recorded(w, f"r{n}", "run", lambda: datetime.now(UTC), left):
                    ingest(w, f"r{n}", f"{STORY} It has {n} docks.")
                # the warehouse is open here, and nobody has to wait for it
                found = samples(asked(url))
                assert found["wiredesk_versions",] == n
                assert found["wiredesk_run_duration_seconds_count", "run", "finished"] == n
        assert found["process_resident_memory_bytes",] > 1e6
        assert [p.name for p in tmp_path.glob("*.prom*")] == ["wiredesk.prom"]
        with pytest.raises(UserError, match=f"cannot be served on port {server.server_port}"):
            metrics.serve(left, server.server_port)
    finally:
        server.shutdown()
        server.server_close()


def asked(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_metrics_that_cannot_be_left_stop_no_run(tmp_path: Path) -> None:
    with Warehouse(str(tmp_path / "w.duckdb")) as w:
        with recorded(w, "r1", "run", clock(NOON), tmp_path / "nowhere" / "w.prom"):
            pass
        assert w.sql("SELECT state FROM mart.runs") == [("finished",)]


def test_a_run_that_breaks_leaves_its_metrics_too(tmp_path: Path) -> None:
    left = tmp_path / "w.prom"
    with Warehouse(str(tmp_path / "w.duckdb")) as w:
        with pytest.raises(UserError), recorded(w, "r1", "run", clock(NOON), left):
            ingest(w, "r1", STORY)
            raise UserError("the lake was lost")
        found = samples(left.read_text())
        assert found["wiredesk_versions",] == 1
        assert found["wiredesk_run_duration_seconds_count", "run", "failed"] == 1
        with pytest.raises(ZeroDivisionError), recorded(w, "r2", "run", clock(NOON), left):
            w.db.close()
            raise ZeroDivisionError
    assert samples(left.read_text()) == found


def test_the_command_prints_them_and_one_that_is_busy_or_old_says_so(
    warehouse: Warehouse, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = warehouse.path
    warehouse.db.close()
    assert metrics_command(path) == 0
    assert b"# TYPE wiredesk_polls_total counter" in capfdbinary.readouterr().out
    with holder(path), pytest.raises(UserError, match="being written by another process"):
        metrics_command(path)
    with Warehouse(path) as w:
        w.sql("DELETE FROM ops.migrations WHERE name = '0010_runs'")
    with pytest.raises(UserError, match="an older schema: run wiredesk migrate"):
        metrics_command(path)
