"""The ledger: what became of everything that each source listed, and where it went quiet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.charts import Chart, ledger
from wiredesk.desk.controls import Asked, Control, pick
from wiredesk.desk.html import (
    Column,
    Markup,
    Row,
    chip,
    empty,
    join,
    link,
    moment,
    number,
    section,
    span,
    table,
    tag,
    words,
)

TITLE = "Sources"
#: A source is quiet when it has brought nothing new for so many of its own intervals.
PATIENCE = 20
HOURS = 48
PARTS = (
    ("Listed", "listed"),
    ("New", "new_stories"),
    ("Versions", "new_versions"),
    ("Known", "duplicates"),
    ("Rejected", "rejected"),
    ("Dropped", "dropped"),
)


def controls(found: Database, asked: Asked) -> Sequence[Control]:
    """One source, or all."""
    options = [(row["source_id"], row["source_id"]) for row in ask(found, "sources")]
    return (pick("source", "Source", asked, [("", "all sources"), *options]),)


def body(found: Database, chosen: Asked) -> Sequence[Markup | Chart]:
    """Totals, hours, gaps and rejects."""
    source = chosen.get("source") or None
    rows = [r for r in ask(found, "sources") if source in {None, r["source_id"]}]
    if not rows:
        return (empty("No source was polled yet.", "Poll them: wiredesk run."),)
    hours = ask(found, "ledger", source=source)
    parts: list[Markup | Chart] = [_totals(rows)]
    if hours:
        latest = sorted({row["hour"] for row in hours})[-HOURS:]
        parts.append(section("By hour", note="The latest hours in which something was listed."))
        parts.append(ledger([row for row in hours if row["hour"] >= latest[0]]))
        parts.append(_hours([row for row in hours if row["hour"] >= latest[0]][:40]))
    parts.append(_gaps(ask(found, "gaps", source=source)))
    parts.append(_rejects(ask(found, "rejects", source=source)))
    return parts


def _counts() -> Iterator[Column]:
    for head, name in PARTS:
        yield Column(head, partial(_count, name), number=True)


def _count(name: str, row: Row) -> str:
    return number(row[name])


def _totals(rows: Sequence[Row]) -> Markup:
    columns = (
        Column("Source", lambda r: link(r["source_id"], "sources", source=r["source_id"])),
        *_counts(),
        Column("Latest news", lambda r: moment(r["last_new_at"])),
        Column("State", _state),
    )
    note = "Listed = new + versions + known + rejected + dropped, for every source and hour."
    return section("Ledger", table(columns, rows), note=note)


def _state(row: Row) -> Markup:
    """In a word how a source does; why, for those who point at it."""
    if row["retired"]:
        return chip("retired")
    if row["failures"]:
        failed = f"failing ({row['failures']})"
        return tag("span", chip(failed, "alert"), title=row["detail"] or words(row["outcome"]))
    if row["quiet"] is None:
        return chip("nothing yet", "alert")
    patience = timedelta(seconds=PATIENCE * (row["interval_s"] or 0))
    if row["interval_s"] and row["quiet"] > patience:
        return chip(f"quiet for {span(row['quiet'])}", "alert")
    if row["outcome"] is None:
        return chip("not polled")
    return chip("well", "good")


def _hours(rows: Sequence[Row]) -> Markup:
    columns = (
        Column("Hour", lambda r: moment(r["hour"])),
        Column("Source", lambda r: r["source_id"]),
        *_counts(),
    )
    return tag("details", tag("summary", "The hours as a table"), table(columns, rows))


def _gaps(rows: Sequence[Row]) -> Markup:
    columns = (
        Column("Source", lambda r: r["source_id"]),
        Column("Until", lambda r: moment(r["until"])),
        Column("Lasted", lambda r: span(r["lasted"]), number=True),
        Column("In the sitemap", lambda r: number(r["listed"]), number=True),
        Column("Filled", lambda r: number(r["filled"]), number=True),
        Column("Why", lambda r: r["detail"] or ("" if r["sitemap"] else "names no sitemap")),
    )
    note = "Two polls that share no story: something may have been missed between them."
    if not rows:
        return section(
            "Gaps", tag("p", "None: every poll met the one before it.", class_="wd-note")
        )
    return section("Gaps", table(columns, rows), note=note)


def _rejects(rows: Sequence[Row]) -> Markup:
    columns = (
        Column("When", lambda r: moment(r["rejected_at"])),
        Column("Source", lambda r: r["source_id"]),
        Column("Why", lambda r: join(chip(words(r["code"])), " ", r["detail"])),
        Column("Where", lambda r: " ".join(filter(None, (r["locator"], r["place"])))),
    )
    if not rows:
        return section("Rejects", tag("p", "None: all that came could be read.", class_="wd-note"))
    return section("Rejects", table(columns, rows), note="The latest hundred, each once.")
