"""One pass over the sources that are due, as a scheduler asks for it: often, mostly for nothing.

When a source is due is told by the warehouse (ops.polls), where polling leaves the interval that it
found for each.  So a pass that comes every minute polls each source on its own interval, and all
that are due together, as `wiredesk run` does.  Where none is due nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wiredesk import settings
from wiredesk.commands import named, opened, poll_sources
from wiredesk.errors import UserError
from wiredesk.ingest import now
from wiredesk.lake import lake_of
from wiredesk.model import Json, Source
from wiredesk.polling import Which
from wiredesk.report import run_report
from wiredesk.schedule import due
from wiredesk.upkeep.troubles import Trouble, of_sources, of_sums
from wiredesk.warehouse import Warehouse

COUNTS = ("listed", "new_stories", "new_versions", "duplicates", "rejected", "dropped")


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass came to; `run` is None where no source was due."""

    run: str | None
    ledger: tuple[Json, ...] = ()  #: a row a source
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Sources to be polled, and what is needed for it."""

    sources: tuple[Source, ...]
    which: Which
    contact: str
    secrets: dict[str, str]
    wrong: tuple[str, ...]  #: what the sources file says that cannot be used


def asked(sources_file: str, only: Sequence[str], warehouse: str | None) -> Asked:
    """The sources that are due, or those that are named.  Raises UserError for an unknown one."""
    declared = settings.sources(Path(sources_file))
    wanted = named(sources_file, declared, only)
    secrets, unset = settings.secrets(wanted, os.environ)
    if only and unset:
        raise unset[0]
    wanted = [source for source in wanted if not source.credentials or source.id in secrets]
    if not only:
        wanted = _due(wanted, settings.warehouse_path(warehouse), now())
    wrong = tuple(str(no) for no in (*declared.errors, *unset))
    return Asked(tuple(wanted), "named" if only else "due", declared.contact, secrets, wrong)


def passed(wanted: Asked, warehouse: str | None, workers: int | None = None) -> Passed:
    """Poll, load, and say what became of it."""
    if not wanted.sources:
        return Passed(None)
    with opened(warehouse, "flow", workers) as run:
        poll_sources(run, wanted.sources, wanted.contact, wanted.secrets, wanted.which)
        report = run_report(run.warehouse, run.id)
        names = frozenset(source.id for source in wanted.sources)
        troubles = (*of_sources(run.warehouse, now(), names), *of_sums(report["sources"]))
    return Passed(run.id, tuple(_rows(report)), troubles)


def _due(wanted: Sequence[Source], path: str, at: datetime) -> list[Source]:
    if lake_of(path) is None and not Path(path).exists():
        return list(wanted)
    try:
        with Warehouse(path, read_only=True) as known:
            if known.wanting():  # what an earlier program left is brought up to date by the pass
                return list(wanted)
            standings = known.standings(at)
    except UserError:
        if lake_of(path) is None:
            raise
        return list(wanted)  # a lake that was not laid out yet
    return [source for source in wanted if due(standings.get(source.id), at)]


def _rows(report: Json) -> list[Json]:
    """A row a source that was asked or loaded: how it answered, and its ledger."""
    came = {row["source_id"]: row for row in report["sources"]}
    answered = {row["source_id"]: row for row in report["fetches"]}
    return [
        {
            "source": source,
            **{c: answered.get(source, {}).get(c, 0) for c in ("polled", "unchanged", "failed")},
            **{c: came.get(source, {}).get(c, 0) for c in COUNTS},
        }
        for source in sorted({*came, *answered})
    ]
