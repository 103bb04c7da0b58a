"""The stages as Prefect tasks, a line each: one task handles one source, never one story."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Any

from prefect import State, task
from prefect.client.schemas.objects import TaskRun
from prefect.tasks import Task, exponential_backoff

from wiredesk import settings
from wiredesk.commands import opened, poll_source
from wiredesk.errors import Temporary, WarehouseBusy
from wiredesk.model import Source


def passing(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Retry what may pass by itself, told by type: a busy warehouse, a server that said later."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, Temporary | WarehouseBusy)


@task(
    retries=4,
    retry_delay_seconds=exponential_backoff(backoff_factor=2),
    retry_jitter_factor=0.5,
    retry_condition_fn=passing,
    persist_result=False,
)
def poll(source: Source, contact: str, warehouse: str | None) -> dict[str, int]:
    """Poll one source and load what it has; its ledger."""
    secrets, unset = settings.secrets([source], os.environ)
    if unset:
        raise unset[0]
    with opened(warehouse, "flow", None) as run:
        return asdict(poll_source(run, source, contact, secrets))
