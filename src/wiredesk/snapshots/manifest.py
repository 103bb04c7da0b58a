"""What a snapshot says of itself: `manifest.json`, one beside each catalog.

A file is named by the month it holds and a fingerprint of what it was made from, so a month in
which nothing changed has the same file in the next snapshot, and nobody writes it again.
"""

from __future__ import annotations

import builtins
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson

from wiredesk.errors import UserError

LAYOUT = 1  #: raised when an older program could not read what we write
CURRENT = "current.json"
CATALOG = "newswire.duckdb"  #: the one file that an analyst opens


@dataclass(frozen=True, slots=True)
class File:
    """One month of one table, a slice of a large one, or all of a table that is not split.

    It has no name where it has no rows.
    """

    table: str
    month: str | None  #: 2026-05
    fingerprint: str
    name: str | None  #: below the root
    rows: int
    bytes: int
    since: str | None = None  #: where a large month is cut into slices, the first instant of this

    @property
    def key(self) -> tuple[str, str | None, str]:
        """What another snapshot must want for this file to be the one."""
        return self.table, self.month, self.fingerprint


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot: its files, and what it takes to read it."""

    id: str
    made_at: datetime
    program: str
    root: str  #: where it was published to: its catalog names its files by it
    files: tuple[File, ...]
    bytes: int  #: of its catalog
    index: str = ""  #: format of its full-text index; empty where it has none
    layout: int = LAYOUT

    @property
    def names(self) -> dict[str, int]:
        """By name, the size of each data file."""
        return {file.name: file.bytes for file in self.files if file.name}

    def json(self) -> builtins.bytes:
        """As it is written."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)


def folder_of(snapshot: str) -> str:
    """Where a snapshot's own files lie below the root."""
    return f"snapshots/{snapshot}"


def manifest_of(data: bytes, where: str) -> Manifest:
    """A manifest as it was written.  Raises UserError where it is newer, or none."""
    try:
        found: dict[str, Any] = orjson.loads(data)
        if found["layout"] > LAYOUT:
            raise UserError(
                f"{where} was published by a newer wiredesk ({found['program']}): upgrade wiredesk"
            )
        files = tuple(File(**file) for file in found.pop("files"))
        made_at = datetime.fromisoformat(found.pop("made_at"))
        return Manifest(**found, files=files, made_at=made_at)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as no:
        raise UserError(f"{where} is damaged: its manifest cannot be read; publish again") from no
