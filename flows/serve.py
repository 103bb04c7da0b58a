"""Deployments, served from this process until it is stopped.

PREFECT_API_URL=http://127.0.0.1:4200/api python -m flows.serve --sources F --warehouse W

One `poll` a minute polls what is due, all together, since a run of Prefect's costs some seconds
however little it does: one a source and interval would cost more than the polls themselves.  Each
source has a deployment without a schedule beside it, to be polled by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast, get_args
from uuid import UUID

import httpx
from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.types.entrypoint import EntrypointType

from flows.alarms import HEARTBEAT, automations, notification, stand
from flows.backfill import backfill_source
from flows.ingest import HERE, poll
from flows.lateness import Policy, catch_up
from flows.limits import host, laid_out, writer
from flows.maintenance import maintenance
from flows.publish import publish
from flows.quality import quality
from flows.replay import replay
from flows.tasks import server
from wiredesk import metrics, settings
from wiredesk.errors import UserError

EVERY = 60.0  #: seconds: no source is polled more often (source_table.py)
BY_HAND = 100  #: sources up to which each has a deployment of its own; `only` names more of them
TOGETHER = 8  #: runs at once: one of each deployment with a schedule, a replay, two backfills
LOOK = 2.0  #: seconds between two looks at what is to be started
AWAY = 5.0  #: seconds between two looks for a server that is away
NIGHTLY, HOURLY, WEEKLY = "10 4 * * *", "25 * * * *", "40 3 * * 0"

#: the next minute brings another one
OR_NEVER = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
#: more of them would keep the others from starting
TWO = ConcurrencyLimitConfig(limit=2, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
IN_TURN = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)


def deployments(
    sources_file: Path,
    warehouse: str | None,
    labelled: str | None = None,
    desk: str | None = None,
    cold: str | None = None,
) -> Iterator[RunnerDeployment]:
    """All that can be run, and when."""
    file = {"sources_file": str(sources_file), "warehouse": warehouse}
    rows = {"warehouse": warehouse}
    yield _made(poll, "poll", ["poll"], file, interval=EVERY, concurrency_limit=OR_NEVER)
    yield _made(publish, "publish", ["publish"], rows, cron=HOURLY)
    report = {**rows, "labelled": labelled, "desk": desk}
    yield _made(quality, "quality", ["quality"], report, cron=NIGHTLY)
    yield _made(maintenance, "maintenance", ["upkeep"], {**rows, "cold": cold}, cron=WEEKLY)
    yield _made(backfill_source, "backfill", ["backfill", "by-hand"], file, TWO)
    yield _made(replay, "replay", ["replay", "by-hand"], file)
    sources = settings.sources(sources_file).sources
    for source in sources if len(sources) <= BY_HAND else ():
        given = {**file, "only": [source.id]}
        yield _made(poll, f"poll-{source.id}", ["poll", "by-hand", source.kind], given)


def _made(
    flow: Flow[Any, Any],
    name: str,
    tags: list[str],
    given: dict[str, Any],
    concurrency_limit: ConcurrencyLimitConfig = IN_TURN,
    **when: Any,
) -> RunnerDeployment:
    made = flow.to_deployment(
        name=name,
        tags=["wiredesk", *tags],
        parameters=given,
        concurrency_limit=concurrency_limit,
        entrypoint_type=EntrypointType.MODULE_PATH,
        **when,
    )
    return cast("RunnerDeployment", made)  # it is a coroutine only where a loop runs


class Worker(Runner):
    """A runner that ends quietly: what it was asked to stop by, its own way leaves half awaited."""

    def handle_sigterm(self, *_: object) -> None:
        """Leave; on the way out the processes of its runs are stopped."""
        raise SystemExit(0)


async def served(wanted: Sequence[RunnerDeployment], policy: Policy) -> None:
    """Register, pass over what is late, and start what is due until stopped."""
    runner = Worker(
        limit=TOGETHER, pause_on_shutdown=False, query_seconds=LOOK, heartbeat_seconds=HEARTBEAT
    )
    known = [await runner.aadd_deployment(deployment) for deployment in wanted]
    over = await asyncio.to_thread(_caught_up, known, policy)
    sys.stderr.write(f"flows.serve: {len(known)} deployments, {over} late runs passed over\n")
    await runner.start()


def lasting(wanted: Callable[[], Sequence[RunnerDeployment]], policy: Policy) -> None:
    """Serve, and serve again when a server that was away for minutes is back."""
    while True:
        try:
            asyncio.run(served(wanted(), policy))
        except (ExceptionGroup, RuntimeError, httpx.HTTPError) as no:
            # a runner gives up once it has asked in vain for long; its own account is a page long
            sys.stderr.write(f"flows.serve: stopped by {type(no).__name__}: waiting\n")
        else:
            return
        time.sleep(AWAY)
        while not _answers():
            time.sleep(AWAY)


def _answers() -> bool:
    try:
        with server():
            return True
    except UserError:
        return False


def _caught_up(known: Sequence[UUID], policy: Policy) -> int:
    with get_client(sync_client=True) as client:
        return catch_up(client, known, policy)


def main() -> None:
    """Serve all deployments until stopped."""
    given = _arguments().parse_args()
    try:
        sources = given.sources.resolve()
        declared = settings.sources(sources)
        for no in declared.errors:
            sys.stderr.write(f"flows.serve: {no}\n")
        every = (*declared.sources, *declared.archives)
        with server() as client:
            hosts = (name for source in every if (name := host(source)))
            laid_out(client, [writer(given.warehouse), *hosts])
            stand(client, automations([notification(client, given.notify)]))
        if given.metrics_port is not None:
            if not (path := settings.metrics_path()):
                raise UserError(
                    "--metrics-port serves the file that WIREDESK_METRICS names: set it"
                )
            metrics.serve(path, given.metrics_port)
        more = given.labelled, given.desk, given.cold
        lasting(lambda: list(deployments(sources, given.warehouse, *more)), given.catch_up)
    except UserError as no:
        sys.stderr.write(f"flows.serve: {no}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("flows.serve: stopped\n")


def _arguments() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="flows.serve", description=main.__doc__)
    found.add_argument("--sources", type=Path, default=HERE, help="sources file")
    found.add_argument("--warehouse", help="a file, or ducklake:…")
    found.add_argument("--catch-up", choices=get_args(Policy), default="latest",
                       help="which late runs are made up for (latest)")  # fmt: skip
    found.add_argument("--notify", metavar="TYPE/NAME",
                       help="the notification block that hears of troubles")  # fmt: skip
    found.add_argument("--labelled", metavar="FOLDER", help="labelled copy to be scored daily")
    found.add_argument("--desk", metavar="URL", help="address of the desk, for links in reports")
    found.add_argument("--cold", metavar="FOLDER", help="where old files of the archive go")
    found.add_argument("--metrics-port", type=int, metavar="PORT",
                       help="serve what runs leave in $WIREDESK_METRICS, on loopback")  # fmt: skip
    return found


if __name__ == "__main__":
    main()
