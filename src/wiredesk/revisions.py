"""After a load: what each version of a story that has several changed against the one before it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from wiredesk.incoming import ASKED, CHANGES
from wiredesk.match.changes import VersionText, changes

if TYPE_CHECKING:
    from wiredesk.warehouse import Warehouse


def revise(warehouse: Warehouse, stories: Collection[int]) -> None:
    """Work out the changes of these stories anew, version by version."""
    if not stories:
        return
    texts = version_texts(warehouse, stories)
    rows = [
        (version, seq, c.kind, c.at, c.before, c.after)
        for version, (before, text) in texts.items()
        if before in texts
        for seq, c in enumerate(changes(texts[before][1], text), 1)
    ]
    with warehouse.incoming("asked", ASKED, [(story,) for story in stories]):
        warehouse.rows("drop_changes")
    warehouse.append("changes", CHANGES, rows)


def version_texts(
    warehouse: Warehouse, stories: Collection[int]
) -> dict[int, tuple[int | None, VersionText]]:
    """By version of these stories, in their order: the version before it, and its text."""
    with warehouse.incoming("asked", ASKED, [(story,) for story in stories]):
        return {row[0]: (row[1], _text(row[2:])) for row in warehouse.rows("version_texts")}


def _text(row: tuple[Any, ...]) -> VersionText:
    headline, labels, dateline, byline, note, status, paragraphs, credits = row
    return VersionText(
        headline,
        tuple((label["label"], label["n"]) for label in labels or ()),
        *(dateline, byline, note, status),
        tuple(paragraphs),
        tuple((c["role"], c["name"], c["place"]) for c in credits),
    )
