"""A backfill of files that a Dask cluster reads: each partition a task, which its worker runs.

    WIREDESK_DASK=tcp://scheduler:8786 python -m flows.afar SOURCE --from DAY --to DAY

Loading stays in the flow, one partition after the other, as in any backfill.  Without an address
the cluster is one of this machine, for this run.
"""

from __future__ import annotations

import argparse
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from distributed import KilledWorker
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect_dask.task_runners import DaskTaskRunner

from flows.backfill import KEPT
from flows.ingest import HERE
from wiredesk.afar.cluster import AHEAD, Elsewhere
from wiredesk.afar.readers import here, packed, read_there
from wiredesk.backfill_commands import Given, backfill
from wiredesk.model import Json
from wiredesk.parallel import Workers, cores

T = TypeVar("T")
R = TypeVar("R")


@task(name="read partition", cache_policy=NO_CACHE, persist_result=False)
def read(sent: bytes) -> Any:
    """Read a part, in a worker of the cluster."""
    return read_there(sent)


class Tasks(Workers):
    """Who reads where a flow says so: tasks of its run."""

    def in_order(
        self,
        work: Callable[[T], R],
        parts: Iterable[T],
        salvage: Callable[[T], Iterable[R]] | None = None,
    ) -> Iterator[R]:
        """`work` over `parts`, in order."""
        flying: deque[tuple[T, PrefectFuture[Any]]] = deque()
        for part in parts:
            flying.append((part, read.submit(packed(here(), work, part))))
            if len(flying) > self.n * AHEAD:
                yield from _brought(*flying.popleft(), salvage)
        while flying:
            yield from _brought(*flying.popleft(), salvage)


def _brought(
    part: T, future: PrefectFuture[Any], salvage: Callable[[T], Iterable[R]] | None
) -> Iterator[R]:
    try:
        found = future.result()
    except (KilledWorker, MemoryError, Elsewhere):
        if not salvage:
            raise
        yield from salvage(part)
        return
    yield found


def runner(address: str | None) -> Any:
    """The cluster at an address, else one of this machine."""
    if address:
        return DaskTaskRunner(address=address)
    ours = {"n_workers": cores(), "threads_per_worker": 1, "host": "127.0.0.1"}
    return DaskTaskRunner(cluster_kwargs=ours | {"dashboard_address": "127.0.0.1:0"})


@flow(
    name="backfill-afar",
    flow_run_name="backfill {source} {first} to {last} on Dask",
    task_runner=runner(os.environ.get("WIREDESK_DASK")),
    persist_result=False,
)
def backfill_afar(
    source: str,
    first: str,
    last: str,
    sources_file: str = str(HERE),
    warehouse: str | None = None,
    workers: int | None = None,
) -> Json:
    """Take in the stories of some days of files that all of a cluster sees.

    `workers` says for how many of its processes there is something to read ahead.
    """
    given = Given(source, first, last, sources_file=sources_file, warehouse=warehouse)
    found = backfill(given, readers=Tasks(workers))
    return {name: found[name] for name in KEPT}


def main() -> None:
    """Run it once."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("source")
    arguments.add_argument("--from", dest="first", required=True)
    arguments.add_argument("--to", dest="last", required=True)
    arguments.add_argument("--sources", default=str(HERE))
    arguments.add_argument("--warehouse")
    given = arguments.parse_args()
    backfill_afar(given.source, given.first, given.last, given.sources, given.warehouse)


if __name__ == "__main__":
    main()
