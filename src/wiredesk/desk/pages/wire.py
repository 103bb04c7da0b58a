"""Today's wire: the newest stories that the filters let through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.controls import Asked, Control, folded, pick, words
from wiredesk.desk.html import (
    Markup,
    Row,
    chip,
    day,
    empty,
    join,
    moment,
    number,
    tag,
)
from wiredesk.desk.pages.choices import agency_pick
from wiredesk.desk.pages.headlines import labels, story_link

TITLE = "Wire"
SHOWN = 60


def controls(found: Database, asked: Asked) -> Sequence[Control]:
    """Agency, label and day of those there are; place, person and headline in one's own words."""
    there: dict[str, list[tuple[str, str]]] = {"label": [], "day": []}
    for row in ask(found, "choices"):
        there[row["kind"]].append((row["value"], _option(row)))
    return (
        words("words", "Headline", asked, "words in any order"),
        agency_pick(found, asked),
        words("place", "Place", asked, "Oslo, or NO"),
        words("person", "Person", asked, "a name"),
        pick("label", "Label", asked, [("", "all labels"), *there["label"]]),
        pick("day", "Day", asked, [("", "all days"), *there["day"]]),
    )


def _option(row: Row) -> str:
    shown = row["value"]
    if row["kind"] == "day":
        shown = day(datetime.strptime(shown, "%Y-%m-%d").replace(tzinfo=UTC))
    return f"{shown} ({number(row['stories'])})"


def body(found: Database, chosen: Asked) -> Sequence[Markup]:
    """The list."""
    newest = ask(
        found,
        "newest",
        agency=chosen.get("agency") or None,
        since=_instant(chosen.get("day")),
        label=chosen.get("label") or None,
        words=(folded(chosen.get("words")) or "").split(),
        place=folded(chosen.get("place")),
        person=folded(chosen.get("person")),
    )
    if not newest:
        if any(chosen.values()):
            return (empty("No story is like that.", "Take away a filter, or use fewer words."),)
        return (
            empty("There is no story yet.", "Load some: wiredesk ingest FOLDER, then publish."),
        )
    return (
        tag("p", _extent(len(newest)), ", times in UTC", class_="wd-note"),
        tag("ol", *map(_item, _rows(found, newest[:SHOWN])), class_="wd-wire"),
    )


def _extent(count: int) -> str:
    if count > SHOWN:
        return f"The newest {SHOWN} stories"
    return "One story" if count == 1 else f"{count} stories"


def _rows(found: Database, newest: Sequence[Row]) -> list[Row]:
    """What is shown of these stories."""
    versions = {row["version_id"]: row["versions"] for row in newest}
    times = [row["version_at"] for row in newest]
    told = ask(found, "wire", first=min(times), last=max(times), versions=list(versions))
    return [{**row, "versions": versions[row["version_id"]]} for row in told]


def _instant(said: str | None) -> datetime | None:
    return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC) if said else None


def _item(row: Row) -> Markup:
    above = join(
        moment(row["version_at"]),
        tag("span", row["agency"] or row["publisher"], class_="wd-agency"),
        labels(row),
        chip(f"{row['versions']} versions") if row["versions"] > 1 else None,
    )
    below = join(
        (row["dateline_raw"] or "").rstrip(" -–—.:"),
        row["byline_raw"],
        by=" · ",
    )
    lead = row["lead"].rpartition(" ")[0] + " …" if row["lead"] else None
    shown = story_link({**row, "headline": row["headline"] or lead})
    return tag(
        "li",
        tag("div", above, class_="wd-meta"),
        tag("div", shown, class_="wd-headline wd-lead" if lead else "wd-headline"),
        tag("div", below, class_="wd-below") if below else None,
    )
