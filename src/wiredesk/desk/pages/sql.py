"""SQL of one's own, on the snapshot, which it cannot change."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from threading import Timer
from time import perf_counter
from typing import Any

import duckdb

from wiredesk.database import Database
from wiredesk.desk.controls import Asked, Control, Statement
from wiredesk.desk.html import (
    Column,
    Markup,
    Row,
    day,
    empty,
    link,
    moment,
    number,
    section,
    table,
    tag,
)

TITLE = "SQL"
ROWS = 10_000  #: that are fetched
SHOWN = 200  #: of these, on the page; the rest is in the download
SECONDS = 30.0
EXAMPLES = {
    "Who reported from where": """SELECT name, place, sum(stories) AS stories
FROM mart.credits_by_person
WHERE role = 'reporting' AND place IS NOT NULL
GROUP BY ALL
ORDER BY stories DESC
LIMIT 20""",
    "What was corrected": """SELECT version_at, stood, kind, before, after
FROM mart.version_changes
WHERE relation = 'correction'
ORDER BY version_at DESC""",
    "Every table": """SELECT schema_name AS schema, table_name AS name, comment
FROM duckdb_tables()
UNION ALL
SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal
ORDER BY ALL""",
    "The columns of one": """SELECT column_name, data_type, comment
FROM duckdb_columns()
WHERE schema_name = 'mart' AND table_name = 'current_stories'""",
}
FIRST = next(iter(EXAMPLES.values()))


@dataclass(frozen=True, slots=True)
class Result:
    """What a statement gave."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool  #: there were more than `ROWS`
    seconds: float

    def csv(self) -> bytes:
        """The rows for a spreadsheet."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue().encode()


class Refused(Exception):
    """A statement that gave no rows; its text is DuckDB's message, or says what is allowed."""


def controls(found: Database, asked: Asked) -> Sequence[Control]:
    """The statement."""
    del found
    return (Statement("sql", "Statement", asked.get("sql", FIRST)),)


def run(found: Database, statement: str) -> Result:
    """The rows of one SELECT, within the limits of time and number; raises `Refused`."""
    began = perf_counter()
    clock = Timer(SECONDS, found.db.interrupt)
    clock.start()
    try:
        asked = duckdb.extract_statements(statement)
        if len(asked) != 1 or asked[0].type != duckdb.StatementType.SELECT:
            raise Refused("One SELECT at a time: the desk only reads.")
        told = found.db.execute(asked[0])
        columns = tuple(column[0] for column in told.description)
        rows = told.fetchmany(ROWS + 1)
    except duckdb.InterruptException:
        raise Refused(f"That took longer than {SECONDS:.0f} seconds: ask for less.") from None
    except duckdb.Error as no:
        raise Refused(str(no)) from no
    finally:
        clock.cancel()
    return Result(columns, tuple(rows[:ROWS]), len(rows) > ROWS, perf_counter() - began)


def body(found: Database, chosen: Asked) -> Sequence[Markup | Result]:
    """The rows, or what was wrong."""
    statement = chosen.get("sql", FIRST).strip()
    if not statement:
        return (empty("Nothing to run.", "Write a SELECT, or take an example."), _examples())
    try:
        result = run(found, statement)
    except Refused as no:
        return (tag("pre", no, class_="wd-error", role="alert"), _examples())
    return (_told(result), result, _examples())


def _told(result: Result) -> Markup:
    if not result.rows:
        return empty("No rows.", "The statement ran; nothing is like that.")
    columns = [
        Column(name, partial(_cell, no), number=_numbers(result, no))
        for no, name in enumerate(result.columns)
    ]
    rows = [{str(no): value for no, value in enumerate(row)} for row in result.rows[:SHOWN]]
    return section("Rows", table(columns, rows, wide=True), note=_extent(result))


def _extent(result: Result) -> str:
    count = f"the first {number(ROWS)} rows" if result.more else _rows(len(result.rows))
    shown = f", {SHOWN} of them shown" if len(result.rows) > SHOWN else ""
    return f"{count}{shown}, in {result.seconds:.2f} s"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{number(count)} rows"


def _numbers(result: Result, no: int) -> bool:
    known = [row[no] for row in result.rows[:SHOWN] if row[no] is not None]
    return bool(known) and all(isinstance(v, int | float) for v in known)


def _cell(no: int, row: Row) -> object:
    value = row[str(no)]
    if value is None:
        return tag("span", "null", class_="wd-quiet")
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value


def _examples() -> Markup:
    links = (tag("li", link(name, "sql", sql=said)) for name, said in EXAMPLES.items())
    return section("Examples", tag("ul", *links, class_="wd-list"))
