"""`wiredesk search`: stories of a snapshot that hold some words, for a person or a program."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import orjson
from rich.console import Console
from rich.text import Text

from wiredesk.model import Json
from wiredesk.search.finding import Found, Hit, search
from wiredesk.search.snippets import Passage
from wiredesk.snapshot import Snapshot
from wiredesk.terminal import safe

FOUND = "bold yellow"
HEADLINE = "bold"
FACT = "dim"
MARGIN = "    "


def search_command(
    snapshot: str,
    words: str,
    place: str | None,
    person: str | None,
    agency: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    *,
    as_json: bool,
) -> int:
    """`wiredesk search`: exit code 0, also where no story is found."""
    with Snapshot(snapshot) as opened:
        found = search(
            opened,
            words,
            place=place,
            person=person,
            agency=agency,
            since=since,
            until=until,
            limit=limit,
            now=datetime.now(UTC),
        )
    if as_json:
        Console(highlight=False).out(orjson.dumps([plain(hit) for hit in found.hits]).decode())
    else:
        print_hits(found, Console(highlight=False))
    return 0


def plain(hit: Hit) -> Json:
    """A hit as JSON: spans are offsets into the text before them; keys are text, since programs
    that read JSON numbers as floats would round them."""
    return asdict(hit) | {
        "story_id": str(hit.story_id),
        "version_id": str(hit.version_id),
        "headline": hit.headline.text,
        "headline_spans": hit.headline.spans,
        "snippet": hit.snippet.text,
        "snippet_spans": hit.snippet.spans,
    }


def print_hits(found: Found, console: Console) -> None:
    """The hits for a person: headline, when and where from and by whom, and a passage."""
    if not found.hits:
        among = " among the best of those that hold the words of the phrase"
        console.print(f"no story found{among if found.at_least else ''}")
        return
    for n, hit in enumerate(found.hits, 1):
        number = Text(f"{n:>2}. ", FACT)
        _print(console, number, _lit(hit.headline, HEADLINE))
        facts = (f"{hit.version_at:%Y-%m-%d %H:%M}", hit.agency, hit.dateline)
        said = "  ".join(safe(fact) for fact in (*facts, ", ".join(hit.persons)) if fact)
        _print(console, Text(MARGIN), Text(said, FACT))
        _print(console, Text(MARGIN), _lit(hit.snippet))
        console.print()
    console.print(_counted(found), style=FACT)


def _counted(found: Found) -> str:
    shown = len(found.hits)
    noun = "story" if found.stories == 1 else "stories"
    count = f"{'at least ' if found.at_least else ''}{found.stories:,} {noun}"
    return f"{count}, the best {shown} shown" if found.stories > shown else count


def _lit(passage: Passage, style: str = "") -> Text:
    text = Text(safe(passage.text), style)
    for start, end in passage.spans:
        text.stylize(FOUND, start, end)
    return text


def _print(console: Console, margin: Text, text: Text) -> None:
    """Wrapped beside its margin on a terminal; one line for a program that reads it."""
    room = max(20, console.width - len(MARGIN))
    lines = text.wrap(console, room) if console.is_terminal else [text]
    for n, line in enumerate(lines):
        line.rstrip()
        before = margin if n == 0 else Text(MARGIN)
        console.print(Text.assemble(before, line), soft_wrap=True)
