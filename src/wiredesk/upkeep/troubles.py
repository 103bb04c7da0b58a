"""What a person should hear of: a source that fell silent or fails, a ledger that does not add up.

    source.silent       answers, and brings nothing for far longer than it ever did; or is overdue
    source.failing      so many polls in a row failed
    ledger.unbalanced   candidates that the ledger cannot explain
    scores.fell         labelled copy is read worse than it was
    checks.failed       rows that should not be: nothing is published while there are any

They are told each time they are found.  Whoever passes them on says how often that is heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from wiredesk.database import Database, sql_of
from wiredesk.model import Json
from wiredesk.status import sources_of

Kind = Literal[
    "source.silent", "source.failing", "ledger.unbalanced", "scores.fell", "checks.failed"
]
FAILURES = 3  #: in a row: two may be an evening's work on their server
PARTS = ("new_stories", "new_versions", "duplicates", "rejected", "dropped")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to look at."""

    kind: Kind
    about: str  #: the source, measure or check
    said: str  #: one line for people
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


def of_sources(found: Database, at: datetime, only: Set[str] | None = None) -> tuple[Trouble, ...]:
    """The sources that are silent, overdue or fail; of those that are named."""
    fresh = found.sql(sql_of("checks", "sources_fresh"))
    rows = [row for row in sources_of(found, at, fresh) if only is None or row["source_id"] in only]
    return tuple(trouble for row in rows if (trouble := _of_source(row)))


def _of_source(row: Json) -> Trouble | None:
    source, seen = row["source_id"], row["seen_at"]
    well = f"last went well {seen:%Y-%m-%d %H:%M} UTC" if seen else "never went well"
    if row["state"] == "failing" and row["failures"] >= FAILURES:
        said = f"{source}: {row['failures']} polls in a row failed ({row['outcome']}); {well}"
        return Trouble("source.failing", source, said, {"failures": row["failures"]})
    if row["state"] == "silent":
        said = f"{source} answers, and has brought nothing for longer than it ever did; {well}"
        return Trouble("source.silent", source, said)
    if row["state"] == "overdue":
        said = f"{source} was due {row['next_at']:%Y-%m-%d %H:%M} UTC, and nothing polls it; {well}"
        return Trouble("source.silent", source, said)
    return None


def of_sums(ledger: Iterable[Json]) -> tuple[Trouble, ...]:
    """The sources of a ledger whose candidates are not all accounted for."""
    told = []
    for row in ledger:
        short = row["listed"] - sum(row[part] for part in PARTS)
        if short:
            source = row["source_id"]
            said = f"{source}: {short:+,} of {row['listed']:,} listed are not accounted for"
            told.append(Trouble("ledger.unbalanced", source, said, {"unaccounted": short}))
    return tuple(told)
