"""A story in a line: its headline, leading to it, and the labels that it carries."""

from __future__ import annotations

from wiredesk.desk.html import Markup, Row, chip, join, link

NO_HEADLINE = "(no headline)"


def labels(row: Row) -> Markup:
    """The labels of a headline: `UPDATE 2`, and marked where something was put right or taken."""
    shown = []
    for label in row["labels"] or ():
        name = f"{label['label']} {label['n']}" if label["n"] is not None else label["label"]
        shown.append(chip(name, "alert" if label["label"].startswith("CORRECT") else ""))
    return join(*shown)


def story_link(row: Row, key: str = "story_id") -> Markup:
    """The headline, leading to the story."""
    return link(row["headline"] or NO_HEADLINE, "story", story=row[key])
