"""Who signs, month by month."""

from __future__ import annotations

from collections.abc import Sequence

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.charts import Chart, months
from wiredesk.desk.controls import Asked, Control, folded, pick
from wiredesk.desk.controls import words as box
from wiredesk.desk.html import (
    Column,
    Markup,
    Row,
    chip,
    empty,
    join,
    link,
    number,
    section,
    table,
    words,
)
from wiredesk.desk.pages.choices import agency_pick, month_named

TITLE = "Bylines"


def controls(found: Database, asked: Asked) -> Sequence[Control]:
    """In which role, for whom, and a name."""
    roles = [
        (r["role"], f"{words(r['role'])} ({number(r['credits'])})") for r in ask(found, "roles")
    ]
    return (
        pick("role", "Role", asked, roles, "reporting"),
        agency_pick(found, asked),
        box("person", "Person", asked, "a name"),
    )


def body(found: Database, chosen: Asked) -> Sequence[Markup | Chart]:
    """A row of months for each of those with most stories."""
    rows = ask(
        found,
        "bylines",
        role=chosen.get("role"),
        agency=chosen.get("agency") or None,
        person=folded(chosen.get("person")),
    )
    if not rows:
        return (empty("Nobody signs like that.", "Choose another role or agency, or no name."),)
    people = {row["name"]: row for row in rows}
    first = {name: min(r["month"] for r in rows if r["name"] == name) for name in people}
    last = {name: max(r["month"] for r in rows if r["name"] == name) for name in people}
    columns = (
        Column("Name", _name),
        Column("Stories", lambda r: number(r["total"]), number=True),
        Column("First", lambda r: month_named(first[r["name"]])),
        Column("Latest", lambda r: month_named(last[r["name"]])),
    )
    note = "The darker a month, the more stories; the twelve with most."
    shown: list[Row] = list(people.values())
    return section("By month", note=note), months(rows, list(people)), table(columns, shown)


def _name(row: Row) -> Markup:
    """The name, leading to its stories; what it is, where that is no person."""
    shown = link(row["name"], "wire", person=row["name"])
    return join(shown, chip(words(row["entity"])) if row["entity"] != "person" else None, by=" ")
