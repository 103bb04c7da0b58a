"""What the flows share: which errors are tried again, how long a task may take, how a flow that
cannot run says so.  One task handles one pass, source or partition, never one story.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypedDict, TypeVar

from prefect import State
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import TaskRun
from prefect.states import Failed
from prefect.tasks import Task, exponential_backoff

from wiredesk import settings
from wiredesk.errors import Temporary, UserError, WarehouseBusy
from wiredesk.logs import begin

P = ParamSpec("P")
R = TypeVar("R")
HOUR = 3600.0


def passing(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Retry what may pass by itself, told by type: a busy warehouse, a server that said later."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, Temporary | WarehouseBusy)


class Again(TypedDict):
    """What the tasks that read or write a warehouse have in common."""

    retries: int
    retry_delay_seconds: Callable[[int], list[float]]
    retry_jitter_factor: float
    retry_condition_fn: Callable[[Task[..., Any], TaskRun, State[Any]], bool]
    persist_result: bool


#: tried again after 2, 4, 8 … seconds and half as much by chance: four minutes in all, which is
#: longer than a load of a poll holds the warehouse
AGAIN = Again(
    retries=7,
    retry_delay_seconds=exponential_backoff(backoff_factor=2),
    retry_jitter_factor=0.5,
    retry_condition_fn=passing,
    persist_result=False,
)


def told(work: Callable[P, R]) -> Callable[P, R]:
    """A flow whose work cannot be done as asked fails with the one line that says why."""

    @wraps(work)
    def working(*args: P.args, **kwargs: P.kwargs) -> R | State[R]:
        try:
            begin(settings.log_level(), "info")
            return work(*args, **kwargs)
        except UserError as no:
            return Failed(message=str(no))

    # names of types are looked up where the flow stands, which is not here
    signed = inspect.signature(work, eval_str=True)
    vars(working)["__signature__"] = signed
    working.__annotations__ = {name: p.annotation for name, p in signed.parameters.items()}
    return working  # type: ignore[return-value]  # Prefect takes a state in the place of a result


@contextmanager
def server() -> Iterator[SyncPrefectClient]:
    """The Prefect API.  Raises UserError, before anything is begun, where it does not answer."""
    with get_client(sync_client=True) as client:
        if no := client.api_healthcheck():
            named = os.environ.get("PREFECT_API_URL", "the Prefect API")
            said = str(no) or type(no).__name__
            raise UserError(f"{named} does not answer ({said}): run prefect server start, or set "
                            "PREFECT_API_URL to the server's address")  # fmt: skip
        yield client
