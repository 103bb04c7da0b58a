"""What can leave the warehouse, by the name that a person gives it, and in which format.

A mart or table is called by its name, `stories` are those that may be printed, and all else is a
statement.  export_files.py writes what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from wiredesk.database import Database, sql_of
from wiredesk.errors import UserError
from wiredesk.export_files import WRITERS

ENDINGS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
PACKED = {".gz": "gzip", ".zst": "zstd"}
#: people say stories and mean those that may be printed; wire.stories has the keys of all
STORIES = "mart.current_stories"
NAMED = re.compile(r"\s*(?:(?P<schema>[A-Za-z_]\w*)\.)?(?P<table>[A-Za-z_]\w*)\s*;?\s*")


def format_of(to: str | None, named: str | None) -> str:
    """The format that was named, else that of the file's ending; CSV where there is no file."""
    if named:
        if named not in WRITERS:
            raise UserError(f"unknown format {named!r}; known: {', '.join(WRITERS)}")
        return named
    if to is None:
        return "csv"
    if to.endswith("/"):
        return "ninjs"
    path = Path(to)
    ending = (path.with_suffix("") if path.suffix in PACKED else path).suffix
    if ending not in ENDINGS:
        raise UserError(f"{to}: its name does not tell a format; add --format {'|'.join(WRITERS)}")
    return ENDINGS[ending]


def statement_of(database: Database, what: str) -> str:
    """The statement behind the name of a mart or table; any other text is a statement itself."""
    name = NAMED.fullmatch(what)
    if not name:
        return what
    schema, table = name["schema"], name["table"].lower()
    tables = database.sql(sql_of("export", "tables"))
    found = [(s, t) for s, t in tables if t.lower() == table and s == (schema or s).lower()]
    marts = [(s, t) for s, t in found if s == "mart"]
    if not schema and table == "stories" and not marts:
        return statement_of(database, STORIES)
    if len(marts or found) != 1:
        known = [t if s == "mart" and not schema else f"{s}.{t}" for s, t in tables]
        near = [f"{s}.{t}" for s, t in found] or get_close_matches(what.strip().lower(), known)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UserError(f"{what.strip()!r} is no mart, no table and no query{hint}")
    # both are names that the catalog gave, of letters alone
    return 'FROM "{}"."{}"'.format(*(marts or found)[0])


def of_stories(database: Database, what: str) -> str:
    """The statement that ninjs items are made of, which are made of stories alone."""
    if statement_of(database, what) != statement_of(database, STORIES):
        raise UserError("ninjs items are made of stories: wiredesk export stories --format ninjs")
    return sql_of("export", "ninjs")


def tell_apart(names: Sequence[str]) -> None:
    """Raise UserError where two columns have one name: a JSON object would lose one of them."""
    twice = [name for n, name in enumerate(names) if name in names[:n]]
    if twice:
        raise UserError(f"two columns are called {twice[0]!r}: name one of them with AS")
