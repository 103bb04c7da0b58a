"""Settings: the only reader of TOML and of the environment.

    file    = { fetch | source } ;
    fetch   = "[fetch]" , [ "contact" "=" string ] ;
    source  = "[sources." , id , "]" , { key "=" value } ;

A wrong line loses its own source and no other; source_table.py says what is wrong with it.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wiredesk.errors import SettingsError
from wiredesk.lake import lake_of
from wiredesk.model import Source
from wiredesk.source_table import header, meant, source_of, wrongs
from wiredesk.toml_lines import lines_of

TABLES = ("sources", "fetch")
DEFAULT_WAREHOUSE = "newswire.duckdb"


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """What a sources file says: the sources that can run, and what is wrong with the others."""

    sources: tuple[Source, ...]  #: those that are polled
    errors: tuple[SettingsError, ...] = ()
    contact: str = ""  #: page or address of whoever runs this, for those we ask
    archives: tuple[Source, ...] = ()  #: those of kind archive, which only a backfill reads


def warehouse_path(given: str | None) -> str:
    """The warehouse that the command line names, else WIREDESK_WAREHOUSE, else the default."""
    return given or os.environ.get("WIREDESK_WAREHOUSE") or DEFAULT_WAREHOUSE


def archive_path(warehouse: str) -> Path | None:
    """The archive: WIREDESK_ARCHIVE, else beside a warehouse's file (newswire.duckdb →
    newswire.archive) or a lake's folder.  Each machine that loads a lake may have its own.
    """
    if warehouse == ":memory:":
        return None
    if named := os.environ.get("WIREDESK_ARCHIVE"):
        return Path(named)
    lake = lake_of(warehouse)
    if lake is None:
        return Path(warehouse).with_suffix(".archive")
    beside = lake.data if lake.kind == "postgres" else lake.place
    return Path(beside or DEFAULT_WAREHOUSE).with_suffix(".archive")


def log_level() -> str | None:
    """WIREDESK_LOG: how much is told while working: debug, info, warning, error, off."""
    return os.environ.get("WIREDESK_LOG")


def metrics_path() -> Path | None:
    """WIREDESK_METRICS: the file in which each run leaves its metrics for Prometheus, if any."""
    named = os.environ.get("WIREDESK_METRICS")
    return Path(named) if named else None


def snapshot_path(given: str | None, warehouse: str | None = None) -> str:
    """Where the published snapshot is: as given, else WIREDESK_SNAPSHOT, else beside a warehouse's
    file (newswire.duckdb → newswire.snapshot).
    """
    if named := given or os.environ.get("WIREDESK_SNAPSHOT"):
        return named
    path = warehouse_path(warehouse)
    lake = lake_of(path)
    if lake and lake.kind == "postgres":
        raise SettingsError("a lake on a server has no place beside it: say where with --to")
    return str(Path(lake.place if lake else path).with_suffix(".snapshot"))


def sources(path: Path) -> SourcesFile:
    """The sources of a TOML file, each a table `[sources.ID]`, and an error for each wrong line.

    Raises SettingsError where the file as a whole cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such file; name one with --sources") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as no:
        raise SettingsError(f"{path}: {no}") from no
    lines = lines_of(text)
    errors: list[SettingsError] = []
    good: list[Source] = []

    def wrong(where: tuple[str, ...], what: str) -> None:
        line = lines.find(where)
        errors.append(SettingsError(f"{path}:{line}: {what}" if line else f"{path}: {what}"))

    for table in data:
        if table not in TABLES:
            wrong((table,), f"unknown table {table!r}; only [fetch] and [sources.ID] are known"
                  f"{meant(table, TABLES)}")  # fmt: skip
    contact = _contact(data.get("fetch", {}), wrong)
    tables = data.get("sources", {})
    if not isinstance(tables, dict):
        wrong(("sources",), "sources is not a table of tables [sources.ID]")
        tables = {}
    for name, row in tables.items():
        found = list(wrongs(name, row))
        for where, what in found:
            wrong(("sources", name, *where), f"{header(name)} {what}")
        if not found:
            good.append(source_of(path.parent, name, row))
    return SourcesFile(
        tuple(source for source in good if source.kind != "archive"),
        tuple(sorted(errors, key=_by_line)),
        contact,
        tuple(source for source in good if source.kind == "archive"),
    )


def secrets(
    declared: Sequence[Source], environ: Mapping[str, str]
) -> tuple[dict[str, str], tuple[SettingsError, ...]]:
    """The secret of each source that names one, by source id, and an error for each not set.

    A value never stands in a message, and a source without its secret is the only one to stop.
    """
    found: dict[str, str] = {}
    errors: list[SettingsError] = []
    for source in declared:
        if source.credentials and environ.get(source.credentials):
            found[source.id] = environ[source.credentials]
        elif source.credentials:
            errors.append(SettingsError(
                f"{header(source.id)} the environment variable {source.credentials}, named "
                "by credentials, is not set"
            ))  # fmt: skip
    return found, tuple(errors)


def _contact(table: Any, wrong: Callable[[tuple[str, ...], str], None]) -> str:
    if not isinstance(table, dict):
        wrong(("fetch",), "fetch is not a table [fetch]")
        return ""
    for key in table:
        if key != "contact":
            wrong(("fetch", key), f"[fetch] has an unknown key {key!r}; known: contact")
    contact = table.get("contact", "")
    # it goes into the User-Agent of every request
    if not isinstance(contact, str) or not contact.isascii() or not contact.isprintable():
        wrong(("fetch", "contact"), "[fetch] contact is not one line of ASCII: a page or an e-mail")
        return ""
    return contact


def _by_line(error: SettingsError) -> int:
    found = re.search(r":(\d+): ", str(error))
    return int(found[1]) if found else 0
