"""A publish as a scheduler asks for it: `wiredesk publish` without its words."""

from __future__ import annotations

from dataclasses import dataclass

from wiredesk import publish_commands
from wiredesk.publish import KEEP, Published
from wiredesk.upkeep.troubles import Trouble


@dataclass(frozen=True, slots=True)
class Shown:
    """What was published, or why it was not."""

    done: Published
    troubles: tuple[Trouble, ...]


def published(to: str | None, keep: int = KEEP, warehouse: str | None = None) -> Shown:
    """Publish what a warehouse holds.  Raises UserError where it cannot be done."""
    done = publish_commands.published(to, keep, warehouse)
    troubles = (
        Trouble(
            "checks.failed",
            offence.check,
            f"{offence.check}: {len(offence.rows):,} offenders, so nothing was published",
            {"offenders": len(offence.rows)},
        )
        for offence in done.offences
    )
    return Shown(done, tuple(troubles))
