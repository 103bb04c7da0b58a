"""Which tables a snapshot has, how each is split into files, and which are left out.

    version   by the month of the version that a row belongs to
    story     by the month of the story's first version
    whole     not split
    else      by the month of an instant of its own: the column's name

Left out is what only the loader needs, and contacts: personal data, for the newsroom only.
Paragraphs lie in the rows of their versions.
"""

from __future__ import annotations

from dataclasses import dataclass

from wiredesk.database import names_of, sql_of


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the warehouse that a snapshot has."""

    name: str
    split: str
    files: str = ""  #: what its files are called, where they hold more than its rows
    read: str = ""  #: the statement of warehouse/publish that reads them, where not the usual


TABLES = (
    Table("wire.versions", "version"),
    Table("wire.authors", "version"),
    Table("wire.credits", "version"),
    Table("wire.dateline_places", "version"),
    Table("wire.quotes", "version", "data.quotes", "quotes"),
    Table("wire.instruments", "version"),
    Table("wire.conversions", "version"),
    Table("wire.subjects", "version"),
    Table("wire.associations", "version"),
    Table("wire.dates", "version"),
    Table("wire.changes", "version"),
    Table("ops.issues", "version"),
    Table("wire.stories", "story"),
    Table("wire.story_links", "whole"),
    Table("wire.groups", "whole"),
    Table("wire.notices", "whole"),
    Table("ref.agencies", "whole"),
    Table("ref.places", "whole"),
    Table("ops.gaps", "whole"),
    Table("ops.runs", "whole"),
    Table("ops.run_ends", "whole"),
    Table("ops.ledger", "loaded_at"),
    Table("ops.rejects", "rejected_at"),
    Table("ops.fetches", "requested_at"),
    Table("ops.polls", "polled_at"),
)
VERSIONS = "data.versions"  #: files of wire.versions: not its rows as such
BEFORE = "data.before"  #: those of the snapshot before, while a new one is made
LEFT_OUT = frozenset(
    """raw.captures raw.items raw.loaded wire.aliases wire.contacts wire.signatures
    ops.backfill_inputs ops.backfills ops.cursors ops.migrations ops.partition_ends ops.partitions
    ops.recoveries ops.redirects ops.replays ops.robots ops.turn""".split()
)
KEPT = "-- kept: "


def kept_views(how: str) -> list[str]:
    """The views whose rows a snapshot keeps: their second line says how.

    By month: rows that depend on the versions of one month alone, and have no INTERVAL (Parquet
    keeps 49 days of one).  Whole: the others.
    """
    return [
        name for name in names_of("views") if sql_of("views", name).splitlines()[1] == KEPT + how
    ]
