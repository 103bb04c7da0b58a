"""Where stories come from: the places of datelines on a map, and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.charts import Chart
from wiredesk.desk.controls import Asked, Control, pick
from wiredesk.desk.html import Column, Markup, Row, empty, link, moment, number, section, table
from wiredesk.desk.pages.choices import agency_pick, month_begins, month_named
from wiredesk.desk.world import dateline_map

TITLE = "Datelines"
SHOWN = 50


def controls(found: Database, asked: Asked) -> Sequence[Control]:
    """From which month to which, and whose."""
    options = [
        (r["month"], f"{month_named(r['month'])} ({number(r['stories'])})")
        for r in ask(found, "months")
    ]
    if not options:
        return ()
    return (
        pick("since", "From", asked, options, options[-1][0]),
        pick("until", "To", asked, options, options[0][0]),
        agency_pick(found, asked),
    )


def body(found: Database, chosen: Asked) -> Sequence[Markup | Chart]:
    """The map above, the places below."""
    since, until = chosen.get("since"), chosen.get("until")
    if not since or not until:
        return (
            empty("There is no story yet.", "Load some: wiredesk ingest FOLDER, then publish."),
        )
    if since > until:
        return (empty("No month is in that span.", "Choose a later end, or an earlier beginning."),)
    rows = ask(
        found,
        "map",
        since=month_begins(since),
        until=month_begins(until),
        agency=chosen.get("agency") or None,
    )
    if not rows:
        return (empty("No story of these months has a dateline.", "Choose more months."),)
    columns = (
        Column("Place", _place),
        Column("In", lambda r: r["admin1"] or r["country"]),
        Column("Stories", lambda r: number(r["stories"]), number=True),
        Column("Latest", lambda r: moment(r["last_at"])),
    )
    unplaced = sum(r["lat"] is None for r in rows)
    note = f"The first {SHOWN} of {number(len(rows))}." if len(rows) > SHOWN else None
    if unplaced:
        note = f"{note or ''} {unplaced} could not be placed on the map.".strip()
    return dateline_map(rows), section("Places", table(columns, rows[:SHOWN]), note=note)


def _place(row: Row) -> Markup:
    return link(row["name"], "wire", place=row["name"])
