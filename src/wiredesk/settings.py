"""Settings: the only reader of TOML and of the environment."""

from __future__ import annotations

import os
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from wiredesk import agencies, formats
from wiredesk.errors import SettingsError, UserError
from wiredesk.model import Source

KINDS = ("feed", "pages", "folder")
_TYPES = {field.name: field.type for field in fields(Source)}
DEFAULT_WAREHOUSE = "newswire.duckdb"


def warehouse_path(given: str | None) -> str:
    """The warehouse that the command line names, else WIREDESK_WAREHOUSE, else the default."""
    return given or os.environ.get("WIREDESK_WAREHOUSE") or DEFAULT_WAREHOUSE


def archive_path(warehouse: str) -> Path | None:
    """The archive beside a warehouse file: newswire.duckdb → newswire.archive."""
    return None if warehouse == ":memory:" else Path(warehouse).with_suffix(".archive")


def sources(path: Path) -> list[Source]:
    """The sources of a TOML file, each a table `[sources.ID]`.  Raises SettingsError."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such file; name one with --sources") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as no:
        raise SettingsError(f"{path}: {no}") from no
    unknown = set(data) - {"sources"}
    if unknown:
        raise SettingsError(f"{path}: unknown table {min(unknown)!r}; only [sources.ID] is known")
    return [_source(path, name, row) for name, row in data.get("sources", {}).items()]


def _source(path: Path, name: str, row: Any) -> Source:
    where = f"{path}: [sources.{name}]"
    if not isinstance(row, dict):
        raise SettingsError(f"{where} is not a table")
    for key, value in row.items():
        if key not in _TYPES or key == "id":
            known = ", ".join(sorted(set(_TYPES) - {"id"}))
            raise SettingsError(f"{where} has an unknown key {key!r}; known: {known}")
        wanted = int if _TYPES[key] == "int" else str
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise SettingsError(f"{where} {key} = {value!r} is not a {wanted.__name__}")
    for needed in ("kind", "url"):
        if needed not in row:
            raise SettingsError(f"{where} has no {needed}")
    if row["kind"] not in KINDS:
        raise SettingsError(f"{where} kind = {row['kind']!r}; one of: {', '.join(KINDS)}")
    try:
        formats.named(row.get("format"))
        agencies.checked(row.get("agency"))
    except UserError as no:
        raise SettingsError(f"{where} {no}") from no
    source = {"format": "feed" if row["kind"] == "feed" else None, **row}
    if row["kind"] == "folder" and not Path(row["url"]).is_absolute():
        source["url"] = os.path.normpath(path.parent / row["url"])
    return Source(id=name, **source)
