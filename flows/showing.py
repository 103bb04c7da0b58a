"""What people read in the Prefect UI, and what automations hear: artifacts and events."""

from __future__ import annotations

from collections.abc import Iterable

from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.events import emit_event

from wiredesk.upkeep.passes import Passed
from wiredesk.upkeep.reports import ledger_total
from wiredesk.upkeep.troubles import Trouble


def show_ledger(passed: Passed) -> None:
    """A run's ledger as a table, a row a source."""
    if passed.ledger:
        title = f"run {passed.run}: {ledger_total(passed.ledger)}"
        create_table_artifact(list(passed.ledger), key="ledger", description=title)


def show(key: str, markdown: str) -> None:
    """A report; the latest of a key stands first, and the others are its history."""
    create_markdown_artifact(markdown, key=key)


def tell(troubles: Iterable[Trouble]) -> None:
    """An event for each trouble: alarms.py says who is told, and how often."""
    log = get_run_logger()
    for trouble in troubles:
        log.warning("%s: %s", trouble.kind, trouble.said)
        emit_event(
            f"wiredesk.{trouble.kind}",
            {
                "prefect.resource.id": f"wiredesk.{trouble.kind.partition('.')[0]}.{trouble.about}",
                "prefect.resource.name": trouble.about,
                "wiredesk.said": trouble.said,
            },
            payload={"said": trouble.said, **trouble.facts},
        )
