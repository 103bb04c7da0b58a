"""What one version of a story changed against another, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wiredesk.database import Database
from wiredesk.desk.asking import ask
from wiredesk.desk.controls import Asked, Control, key, pick
from wiredesk.desk.html import Markup, Row, day, empty, join, link, section, tag, words
from wiredesk.desk.pages.headlines import NO_HEADLINE
from wiredesk.desk.words import compared
from wiredesk.match.changes import FIELDS, Change, VersionText, changes, places
from wiredesk.revisions import version_texts

TITLE = "Changes"
NAMES = {
    "ed_note": "editor's note",
    "paragraph_added": "added",
    "paragraph_removed": "removed",
    "paragraph_changed": "changed",
    "paragraph_moved": "moved",
    "credit_added": "credit added",
    "credit_removed": "credit removed",
}


def controls(found: Database, asked: Asked) -> Sequence[Control]:
    """Which version, and against which."""
    story = key(asked.get("story"))
    rows = ask(found, "versions", story=story) if story is not None else []
    if len(rows) < 2:
        return ()
    options = [(str(row["version_id"]), _named(row)) for row in rows]
    version = pick("version", "Version", asked, options, options[0][0])
    before = {str(row["version_id"]): str(row["supersedes_id"]) for row in rows}[version.value]
    return (pick("before", "Against", asked, options, before), version)


def _named(row: Row) -> str:
    return f"{day(row['version_at'])}, {row['version_at']:%H:%M} ({words(row['relation'])})"


def body(found: Database, chosen: Asked) -> Sequence[Markup]:
    """All that differs, in the order of the later version; unchanged runs are folded away."""
    story = key(chosen.get("story"))
    if story is None:
        return (empty("No story is named.", join("Pick one from ", link("the wire", "wire"))),)
    texts = {version: text for version, (_, text) in version_texts(found, [story]).items()}  # type: ignore[arg-type]
    before, after = texts.get(key(chosen.get("before"))), texts.get(key(chosen.get("version")))  # type: ignore[arg-type]
    back = link("The story", "story", story=story, version=chosen.get("version"))
    if before is None or after is None:
        return (empty("There is nothing to compare.", join("The story has one version. ", back)),)
    told = changes(before, after)
    return (
        tag("header", tag("h1", after.headline or NO_HEADLINE), class_="wd-title"),
        tag("p", _summary(told), " ", back, class_="wd-note"),
        *_fields(told),
        section("Text", tag("div", *_paragraphs(before, after, told), class_="wd-copy wd-diff")),
        *_credits(told),
    )


def _summary(told: Sequence[Change]) -> str:
    if not told:
        return "The two say the same."
    return "1 change." if len(told) == 1 else f"{len(told)} changes."


def _fields(told: Sequence[Change]) -> Iterator[Markup]:
    rows = [c for c in told if c.kind in FIELDS]
    if rows:
        yield section("Above the text", tag("dl", *map(_field, rows), class_="wd-facts"))


def _credits(told: Sequence[Change]) -> Iterator[Markup]:
    rows = [c for c in told if c.kind.startswith("credit")]
    if rows:
        yield section("Credits", tag("dl", *map(_field, rows), class_="wd-facts"))


def _field(change: Change) -> Markup:
    name = NAMES.get(change.kind, change.kind)
    return tag("div", tag("dt", name), tag("dd", compared(change.before, change.after)))


def _paragraphs(
    before: VersionText, after: VersionText, told: Sequence[Change]
) -> Iterator[Markup]:
    """Changed paragraphs where they stand, between folded runs of unchanged ones."""
    stood = places(before, after)
    printed = 0
    for change in told:
        if not change.kind.startswith("paragraph"):
            continue
        at = change.at or 0
        removed = change.kind == "paragraph_removed"
        here = stood[at] if removed else at
        yield _unchanged(after.paragraphs[printed:here])
        printed = max(printed, here if removed else at + 1)
        yield _changed(change)
    yield _unchanged(after.paragraphs[printed:])


def _changed(change: Change) -> Markup:
    moved = change.kind == "paragraph_moved"
    said = change.after if moved else compared(change.before, change.after)
    sign = tag("span", NAMES[change.kind], class_="wd-sign")
    return tag("p", sign, said, class_=f"wd-change {change.kind.replace('_', '-')}")


def _unchanged(paragraphs: Sequence[str]) -> Markup:
    if not paragraphs:
        return Markup("")
    noun = "paragraph" if len(paragraphs) == 1 else "paragraphs"
    summary = tag("summary", f"{len(paragraphs)} {noun} unchanged")
    return tag("details", summary, *(tag("p", p) for p in paragraphs))
