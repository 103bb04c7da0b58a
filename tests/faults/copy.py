"""Invented copy for the fault tests, and what stands in a warehouse afterwards."""

from __future__ import annotations

import json
from pathlib import Path

from wiredesk.warehouse import Warehouse, checks


def story(n: int, said: str = "") -> dict[str, str]:
    """The nth story, with some words before its copy."""
    text = (
        f"{said}OSLO, May 5 (Reuters) - Mediator number {n} recalled both sides of dock {n * 7}.\n"
        f"\nThe strike over {n * 13} crowns began in March.\n\n"
        "(Reporting by Ingrid Solvang in Oslo; editing by Mark Deane)"
    )
    return {"id": f"s{n}", "title": f"Dock strike {n} goes on", "text": text}


def written(path: Path, stories: list[dict[str, str]]) -> Path:
    """A file of stories, one a line."""
    path.write_text("".join(json.dumps(one) + "\n" for one in stories), "utf-8")
    return path


def feed(titles: dict[str, str], url: str = "http://wire.example") -> str:
    """RSS with an entry for each title, whole copy and all."""
    items = "".join(
        f"<item><title>{title}</title><guid>{url}/{n}</guid><link>{url}/{n}</link>"
        f"<description>{body}</description></item>"
        for n, (title, body) in enumerate(titles.items())
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def offenders(warehouse: Warehouse) -> dict[str, int]:
    """How many offenders each check finds, for those that find any."""
    found = {name: len(warehouse.offenders(name)[1]) for name in checks()}
    return {name: n for name, n in found.items() if n}
