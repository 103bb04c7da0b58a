"""What the pages ask: named statements of `warehouse/desk/` over a snapshot, or a warehouse file.

The connection can only read: nothing outside the snapshot can be opened through it, and no setting
changed, because one page lets people write SQL of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wiredesk.database import Database, sql_of
from wiredesk.desk.html import Row
from wiredesk.errors import UserError
from wiredesk.snapshot import Snapshot


def opened(path: str) -> Database:
    """The newest state of what lies there, for reading only."""
    if "://" in path or Path(path).is_dir():
        return Snapshot(path)
    if not Path(path).exists():
        raise UserError(f"{path}: nothing is there; wiredesk publish makes a snapshot")
    found = Database(path, read_only=True)
    lock(found)
    return found


def lock(found: Database) -> None:
    """Take from a connection all that is not reading what it has attached."""
    for setting in ("enable_external_access", "python_enable_replacements"):
        found.db.execute(f"SET {setting} = false")  # a setting's name takes no parameter
    found.db.execute("SET lock_configuration = true")


def ask(found: Database, name: str, **parameters: Any) -> list[Row]:
    """The rows of a statement of `warehouse/desk/`, by the names of their columns."""
    told = found.db.execute(sql_of("desk", name), parameters or None)
    columns = [column[0] for column in told.description]
    return [dict(zip(columns, row, strict=True)) for row in told.fetchall()]
