"""What becomes of scheduled runs that nobody was there to start: catch-up.

    latest   of each deployment the latest one runs, the others are passed over
    all      each runs, one after another
    none     all are passed over

One pass polls whatever is due, and a report is of today, so `latest` is the rule.  What a person
asked for by hand is never passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled
from prefect.types import DateTime

Policy = Literal["latest", "all", "none"]
LATE = timedelta(seconds=30)  #: what is due just now is not late
PAGE = 200  #: runs that one request lists


def passed_over(policy: Policy, late: Iterable[FlowRun]) -> list[FlowRun]:
    """Of these late runs those that shall not run."""
    by: dict[UUID | None, list[FlowRun]] = defaultdict(list)
    for run in late:
        if run.auto_scheduled:
            by[run.deployment_id].append(run)
    if policy == "all":
        return []
    ordered = (sorted(runs, key=_expected) for runs in by.values())
    return [run for runs in ordered for run in (runs[:-1] if policy == "latest" else runs)]


def catch_up(
    client: SyncPrefectClient,
    deployments: Sequence[UUID],
    policy: Policy,
    late_after: timedelta = LATE,
) -> int:
    """Pass over what is late, as the policy says; how many runs that were."""
    before = DateTime.now(UTC) - late_after
    late: list[FlowRun] = []
    while page := client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(deployments))),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            expected_start_time=FlowRunFilterExpectedStartTime(before_=before),
        ),
        sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        limit=PAGE,
        offset=len(late),
    ):
        late += page
    over = passed_over(policy, late)
    for run in over:
        said = f"passed over: nobody was there to start it (catch-up: {policy})"
        client.set_flow_run_state(run.id, Cancelled(message=said), force=True)
    return len(over)


def _expected(run: FlowRun) -> datetime:
    return run.expected_start_time or datetime.min.replace(tzinfo=UTC)
