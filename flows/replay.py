"""Reading the archive again by today's rules, as one task: it holds the warehouse all along."""

from __future__ import annotations

from datetime import date

from prefect import flow, task

from flows.limits import alone
from flows.tasks import AGAIN, HOUR, told
from wiredesk.replay_commands import replayed


@task(
    timeout_seconds=72 * HOUR,
    **AGAIN,
)
def reread(
    since: str | None,
    source: str | None,
    where: str | None,
    sources_file: str | None,
    warehouse: str | None,
    *,
    diff: bool,
) -> dict[str, int]:
    """Read again; how many versions, how many differed, how many could not be read."""
    report, _ = replayed(since, source, where, sources_file, warehouse, None, diff=diff)
    counts = {name: int(report[name]) for name in ("reread", "changed", "moved")}
    return counts | {"unread": sum(report["unread"].values())}


@flow(name="replay", persist_result=False)
@told
def replay(
    since: date | None = None,
    source: str | None = None,
    where: str | None = None,
    sources_file: str | None = None,
    warehouse: str | None = None,
    diff: bool = True,
) -> dict[str, int]:
    """Read the archive again; unless `diff` is false nothing is written."""
    day = since.isoformat() if since else None
    with alone(warehouse):
        return reread(day, source, where, sources_file, warehouse, diff=diff)
