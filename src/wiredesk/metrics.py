"""What Prometheus is told, in its text format, out of the rows of the warehouse.

Only the one who writes a warehouse changes it.  So a run leaves its metrics in a file when it ends
(where WIREDESK_METRICS names one): what stands there is true until the next run, and nobody has to
open the warehouse, which would keep a writer out, to be scraped.  The file is for the textfile
collector of Prometheus's node exporter, or is served by a worker on loopback.

Counters are sums over the ledger, so they go on where they stood, whichever process is restarted.
Instants are given as such and not as ages, which would grow wrong in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIServer

from prometheus_client import (
    CollectorRegistry,
    ProcessCollector,
    generate_latest,
    write_to_textfile,
)
from prometheus_client import start_http_server as start_server
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from wiredesk import __version__
from wiredesk.errors import UserError
from wiredesk.model import Json
from wiredesk.status import objects, schema_of, size_of
from wiredesk.warehouse import Warehouse

LOOPBACK = "127.0.0.1"
ITEMS = ("new", "duplicates", "rejected", "dropped")

#: column of metrics_sources, metric, what it is
COUNTERS = (
    ("polls", "polls", "Polls of a source"),
    ("failed_polls", "failed_polls", "Polls of a source that failed"),
    ("fetches", "fetches", "Addresses and files that a source was asked for"),
    ("failed_fetches", "failed_fetches", "Addresses and files that did not come"),
    ("listed", "listed", "Candidate stories that a source listed"),
    ("gaps", "gaps", "Pairs of polls that shared no story"),
)
GAUGES = (
    ("failures_in_a_row", "consecutive_failures", "Failed polls of a source up to now"),
    ("retired", "retired", "Whether a source is polled no more"),
    ("interval_s", "poll_interval_seconds", "Seconds between polls, as adapted"),
    ("last_poll", "last_poll_timestamp_seconds", "When a source was last polled"),
    ("last_success", "last_success_timestamp_seconds", "When a poll last went well"),
    ("last_new", "last_new_timestamp_seconds", "When a source last brought anything new"),
    ("next_poll", "next_poll_timestamp_seconds", "When the next poll is due"),
    ("lag", "lag_seconds", "Median time from the agency's stamp to our receipt, of 30 days"),
)
WHOLE = (
    ("stories", "Stories in the warehouse"),
    ("versions", "Versions in the warehouse"),
    ("rejects", "Candidates that could not be used"),
    ("unended_runs", "Runs that have not ended: at work, or killed"),
    ("unaccounted", "Candidates that the ledger cannot explain: always 0"),
)


def text(found: Warehouse, at: datetime) -> bytes:
    """All metrics, as Prometheus reads them."""
    return generate_latest(_registry(families(found, at)))


def leave(found: Warehouse, path: Path, at: datetime) -> None:
    """All metrics in a file, which is always whole.  Raises UserError where it cannot be."""
    try:
        write_to_textfile(str(path), _registry(families(found, at)))
    except OSError as no:
        raise UserError(f"WIREDESK_METRICS: {path}: {no.strerror}") from no


def serve(path: Path, port: int) -> WSGIServer:
    """Serve the file on loopback, with what this process itself uses; port 0 takes a free one."""
    registry = CollectorRegistry()
    registry.register(_Left(path))
    ProcessCollector(registry=registry)
    try:
        server, _ = start_server(port, addr=LOOPBACK, registry=registry)
    except (OSError, OverflowError) as no:
        raise UserError(f"metrics cannot be served on port {port}: {no}") from no
    return server


def families(found: Warehouse, at: datetime) -> Iterator[Metric]:
    """The metrics of a warehouse."""
    schema = schema_of(found)["version"] or ""
    yield InfoMetricFamily(
        "wiredesk", "The program and its schema", {"version": __version__, "schema": schema}
    )
    yield GaugeMetricFamily(
        "wiredesk_metrics_timestamp_seconds", "When this was told", at.timestamp()
    )
    if not found.lake:
        yield GaugeMetricFamily("wiredesk_warehouse_bytes", "Size of its file", size_of(found.path))
    whole = objects(found, "metrics_whole")[0]
    for name, what in WHOLE:
        yield GaugeMetricFamily(f"wiredesk_{name}", what, whole[name])
    yield from _sources(objects(found, "metrics_sources"))
    yield _states(found, at)
    yield from _runs(objects(found, "metrics_runs"))


def _sources(rows: Sequence[Json]) -> Iterator[Metric]:
    for kind, told in ((CounterMetricFamily, COUNTERS), (GaugeMetricFamily, GAUGES)):
        for column, name, what in told:
            family = kind(f"wiredesk_{name}", what, labels=["source"])
            for row in rows:
                if row[column] is not None:
                    family.add_metric([row["source_id"]], float(row[column]))
            yield family
    items = CounterMetricFamily(
        "wiredesk_items", "What became of listed candidates", labels=["source", "outcome"]
    )
    for row in rows:
        for outcome in ITEMS:
            items.add_metric([row["source_id"], outcome], float(row[outcome]))
    yield items


def _states(found: Warehouse, at: datetime) -> Metric:
    """The queue: how many sources are due, fail, wait."""
    counted = Counter(row["state"] for row in objects(found, "status_sources", at=at))
    family = GaugeMetricFamily("wiredesk_sources", "Sources, by how they stand", labels=["state"])
    for state in ("waiting", "due", "overdue", "failing", "retired"):
        family.add_metric([state], counted[state])
    return family


def _runs(rows: Sequence[Json]) -> Iterator[Metric]:
    labels = ["command", "state"]
    load = CounterMetricFamily(
        "wiredesk_load_seconds", "Seconds spent deciding and loading", labels=labels
    )
    took = HistogramMetricFamily(
        "wiredesk_run_duration_seconds", "Seconds that runs took", labels=labels
    )
    for row in rows:
        which = [row["command"], row["state"]]
        load.add_metric(which, row["load_seconds"])
        steps = [(c.removeprefix("le_"), row[c]) for c in row if c.startswith("le_")]
        took.add_metric(which, [*steps, ("+Inf", row["runs"])], row["seconds"])
    yield load
    yield took


def _registry(told: Iterable[Metric]) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Told(list(told)))
    return registry


class _Told(Collector):
    """Metrics that are there."""

    def __init__(self, told: list[Metric]) -> None:
        self._told = told

    def collect(self) -> Iterable[Metric]:
        return self._told


class _Left(Collector):
    """Metrics that the last run left in a file; none before the first."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def collect(self) -> Iterable[Metric]:
        try:
            left = self._path.read_text("utf-8")
        except FileNotFoundError:
            return []
        found: Any = text_string_to_metric_families(left)
        return list(found)
