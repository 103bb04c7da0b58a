"""Who carried whose story: when, how much was cut, and whether the agency is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.charts import Chart, carried
from wiredesk.desk.controls import Asked, Control, key
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
    share,
    span,
    table,
    tag,
)
from wiredesk.desk.pages.choices import agency_pick
from wiredesk.desk.pages.headlines import NO_HEADLINE, story_link

TITLE = "Reprints"


def controls(found: Database, asked: Asked) -> Sequence[Control]:
    """Whose stories; none where one story is looked at."""
    return () if asked.get("story") else (agency_pick(found, asked),)


def body(found: Database, chosen: Asked) -> Sequence[Markup | Chart]:
    """The stories that were copied most, or all copies of one."""
    story = key(chosen.get("story"))
    if story is not None:
        return _one(ask(found, "reprints", story=story), story)
    rows = ask(found, "reprinted", agency=chosen.get("agency") or None)
    if not rows:
        return (
            empty("No story was reprinted.", "Load what publishers made of the agencies' copy."),
        )
    columns = (
        Column(
            "Story",
            lambda r: link(r["headline"] or NO_HEADLINE, "reprints", story=r["original_id"]),
        ),
        Column("Carried first by", lambda r: r["publisher"]),
        Column("Copies", lambda r: number(r["copies"]), number=True),
        Column("Name the agency", lambda r: number(r["credited"]), number=True),
        Column("Later by", lambda r: _later(r["later"]), number=True),
        Column("Left out", lambda r: share(r["trimmed"]), number=True),
    )
    note = "Those with most copies; later by the median copy, left out on average."
    return (section("Stories that others carried", table(columns, rows), note=note),)


def _one(rows: Sequence[Row], story: int) -> Sequence[Markup | Chart]:
    back = link("All reprints", "reprints")
    if not rows:
        return (empty("That story was not reprinted.", back),)
    first = rows[0]
    columns = (
        Column("Publisher", lambda r: r["publisher"]),
        Column("Headline", story_link),
        Column("Later by", lambda r: _later(r["later"]), number=True),
        Column("Taken over", lambda r: share(r["contained"]), number=True),
        Column("Left out", lambda r: share(r["trimmed"]), number=True),
        Column("Agency", _credit),
    )
    headline = link(first["original_headline"] or NO_HEADLINE, "story", story=story)
    copies = "1 copy" if len(rows) == 1 else f"{len(rows)} copies"
    note = join(f"{copies} of what {first['original_publisher']} carried first. ", back)
    return (
        tag("header", tag("h1", headline), tag("p", note, class_="wd-note"), class_="wd-title"),
        carried(rows),
        section("Copies", table(columns, rows)),
    )


def _later(value: timedelta | None) -> str:
    if value is None:
        return ""
    return f"{span(value)} before" if value < timedelta(0) else span(value)


def _credit(row: Row) -> Markup:
    """Whether the agency is named, which no one asks of a publisher's own repeat."""
    named = chip("named", "good") if row["credited"] else chip("not named", "alert")
    return join(
        chip("its own repeat") if row["relation"] == "repeat" else named,
        chip("dateline cut") if row["dateline_stripped"] else None,
    )
