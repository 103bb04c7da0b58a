"""A run from begin to end: in ops.runs and ops.run_ends, in the log, in the metrics."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from wiredesk.database import LOST, first_line
from wiredesk.errors import UserError
from wiredesk.logs import about, facts
from wiredesk.warehouse import Warehouse

LONGEST = 300  #: characters of what is kept of an error

log = logging.getLogger(__name__)


@contextmanager
def recorded(
    warehouse: Warehouse,
    run_id: str,
    command: str,
    now: Callable[[], datetime],
    metrics: Path | None = None,
) -> Iterator[None]:
    """Record that a run began, and how it ended, well or not; then leave its metrics in a file."""
    began = now()
    warehouse.begin_run(run_id, command, began)
    with about(run=run_id):
        log.info("run began", extra=facts(command=command, warehouse=warehouse.path))
        try:
            yield
        except BaseException as error:
            state = "failed" if isinstance(error, Exception) else "stopped"
            # what a person did, or is told by the command itself, is no news to them
            expected = state == "stopped" or isinstance(error, (UserError, *LOST))
            level = logging.INFO if expected else logging.ERROR
            log.log(level, "run ended", exc_info=error, extra=facts(command=command, state=state))
            _broke(warehouse, run_id, state, now(), error)
            _leave(warehouse, metrics, now())
            raise
        ended = now()
        warehouse.end_run(run_id, "finished", ended)
        seconds = (ended - began).total_seconds()
        log.info("run ended", extra=facts(command=command, state="finished", seconds=seconds))
        _leave(warehouse, metrics, ended)


def _broke(
    warehouse: Warehouse, run_id: str, state: str, at: datetime, error: BaseException
) -> None:
    """Record a bad end, if that can be done: what it ended by is what people must hear of."""
    said = first_line(error) if isinstance(error, UserError) else type(error).__name__
    try:
        warehouse.end_run(run_id, state, at, said[:LONGEST])
    except Exception:
        log.exception("end not recorded")


def _leave(warehouse: Warehouse, path: Path | None, at: datetime) -> None:
    """Leave the metrics, if anybody asked for them; a run is what it was without them."""
    if not path:
        return
    from wiredesk.metrics import leave  # noqa: PLC0415 - few ask

    try:
        leave(warehouse, path, at)
    except Exception:
        log.exception("metrics not left")
