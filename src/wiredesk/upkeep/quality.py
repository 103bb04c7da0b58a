"""How good what was loaded is: checks, completeness, sources, how well labelled copy is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from wiredesk.errors import UserError
from wiredesk.ingest import now
from wiredesk.model import Json
from wiredesk.opening import reading
from wiredesk.score import fallen, figures, score
from wiredesk.status import objects, sources_of
from wiredesk.upkeep.troubles import Trouble, of_sources
from wiredesk.warehouse import alarms, checks

DAYS = timedelta(days=14)
LEDGER = frozenset(("ledger_balances", "ledger_matches_rows"))


@dataclass(frozen=True, slots=True)
class Scores:
    """How well labelled copy is read."""

    figures: dict[str, float]
    floors: dict[str, float]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """What a report on one day says."""

    at: datetime
    warehouse: str
    totals: Json
    checks: dict[str, int]  #: offenders
    alarms: dict[str, int]
    days: tuple[Json, ...]
    sources: tuple[Json, ...]
    scores: Scores | None
    troubles: tuple[Trouble, ...]


def assessed(warehouse: str | None, labelled: str | None) -> Quality:
    """Look at a warehouse, and at a folder of labelled copy if one is named."""
    at = now()
    scores = _scored(Path(labelled)) if labelled else None
    with reading(warehouse) as found:
        failed = {name: len(found.offenders(name)[1]) for name in checks()}
        fresh = found.offenders("sources_fresh")[1]
        states = {row["source_id"]: row["state"] for row in sources_of(found, at, fresh)}
        span = {"since": at - DAYS, "until": at}
        return Quality(
            at=at,
            warehouse=found.path,
            totals=objects(found, "totals")[0],
            checks=failed,
            alarms={name: len(found.offenders(name)[1]) for name in alarms()},
            days=tuple(objects(found, "quality_days", **span)),
            sources=tuple(
                {**row, "state": states.get(row["source_id"])}
                for row in objects(found, "quality_sources", **span)
            ),
            scores=scores,
            troubles=(*of_sources(found, at), *_of_checks(failed), *_of_scores(scores)),
        )


def _scored(folder: Path) -> Scores:
    file = folder / "floors.json"
    try:
        floors = orjson.loads(file.read_bytes()) if file.exists() else {}
    except orjson.JSONDecodeError as no:
        raise UserError(f"{file}: {no}") from no
    found = figures(score(folder))
    return Scores(found, floors, tuple(fallen(floors, found)))


def _of_checks(failed: dict[str, int]) -> list[Trouble]:
    return [
        Trouble(
            "ledger.unbalanced" if name in LEDGER else "checks.failed",
            name,
            f"{name}: {count:,} offenders (wiredesk check shows them)",
            {"offenders": count},
        )
        for name, count in failed.items()
        if count
    ]


def _of_scores(scores: Scores | None) -> list[Trouble]:
    return [
        Trouble(
            "scores.fell",
            name,
            f"{name}: {scores.figures[name]:.4f}, and its floor is {scores.floors[name]:.4f}",
            {"figure": scores.figures[name], "floor": scores.floors[name]},
        )
        for name in (scores.below if scores else ())
        if scores
    ]
