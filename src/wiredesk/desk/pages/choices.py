"""What several pages let people choose: an agency, a month."""

from __future__ import annotations

from datetime import UTC, datetime

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.controls import Asked, Pick, pick
from wiredesk.desk.html import number


def agency_pick(found: Database, asked: Asked) -> Pick:
    """Agencies that there are, those with most stories first."""
    options = [
        (r["agency"], f"{r['agency']} ({number(r['stories'])})") for r in ask(found, "agencies")
    ]
    return pick("agency", "Agency", asked, [("", "all agencies"), *options])


def month_begins(month: str) -> datetime:
    """The first instant of a month given as `2026-05`."""
    year, no = map(int, month.split("-"))
    return datetime(year, no, 1, tzinfo=UTC)


def month_named(month: str) -> str:
    """`May 2026`."""
    return f"{month_begins(month):%B %Y}"
