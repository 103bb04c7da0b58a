"""`wiredesk explain`: one story for a person, with what was read in it marked and named."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from wiredesk.model import Credit, Story

#: how each kind of paragraph or value is marked: colour for terminals, a name for every reader
STYLES = {
    "dateline": "bold cyan",
    "crosshead": "bold yellow",
    "speaker_label": "yellow",
    "signoff": "green",
    "credit": "bold green",
    "note": "magenta",
    "bullet": "blue",
    "trailer": "dim",
    "conversion": "dim cyan",
    "quote": "italic",
    "instrument": "cyan",
}


def explain(story: Story, console: Console) -> None:
    """Print the facts of a story, then its text with every span in place."""
    console.print(Panel(Group(_facts(story)), title=_title(story), title_align="left"))
    for kind, start, text in _paragraphs(story):
        console.print(Text(f"{kind:>13} {start:>6}  ", style="dim"), end="")
        console.print(text, soft_wrap=True)
    for issue in story.issues:
        console.print(Text(f"        issue         {issue.code}", style="red"), end="")
        console.print(Text(f"  {issue.detail or ''}", style="dim"))


def _title(story: Story) -> str:
    return " · ".join(filter(None, [story.item.id, story.agency, story.item.format]))


def _facts(story: Story) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    rules = dict(story.provenance)
    for name, value in _rows(story):
        if value:
            rule = rules.get(name.split(" ")[0])
            note = Text(f"   ({rule})", style="dim") if rule else Text("")
            table.add_row(name, Text.assemble(value, note))
    return table


def _rows(story: Story) -> Iterator[tuple[str, str | None]]:
    yield "headline", story.headline
    yield "labels", " ".join(f"{x.label} {x.n or ''}".strip() for x in story.labels)
    yield "standing head", story.standing_head
    yield "byline", ", ".join(a.name for a in story.authors)
    if story.dateline:
        yield "dateline", story.dateline.raw
        for p in story.dateline.places:
            where = ", ".join(filter(None, [p.name, p.admin1, p.country]))
            yield "  place", f"{p.raw} → {where or '?'} [{p.method} {p.confidence:.2f}]"
    yield "note", f"{story.ed_note} [{story.ed_note_kind}]" if story.ed_note else None
    for credit in story.credits:
        yield "  " + credit.role, _credit(credit)
    for contact in story.contacts:
        yield "  " + contact.kind, contact.value
    for quote in story.quotes:
        yield "  quote", f"{quote.speaker or '?'} [{quote.basis}]: {quote.text[:60]}"
    for c in story.conversions:
        yield "conversion", f"1 {c.base} = {c.rate} {c.quote}"


def _credit(credit: Credit) -> str:
    place = f" in {credit.place} [{credit.basis}]" if credit.place else ""
    return f"{credit.name}{place}"


def _paragraphs(story: Story) -> Iterator[tuple[str, int, Text]]:
    if story.dateline:
        yield "dateline", story.dateline.start, Text(story.dateline.raw, STYLES["dateline"])
    inner = [(c.start, c.end, "credit") for c in story.credits]
    inner += [(q.start, q.end, "quote") for q in story.quotes]
    inner += [(i.start, i.end, "instrument") for i in story.instruments]
    for p in story.paragraphs:
        text = Text(style=STYLES.get(p.kind, ""))
        at = p.start
        for start, end, kind in sorted(inner):
            if p.start <= start and end <= p.end and start >= at:
                text.append(story.text[at:start])
                text.append(story.text[start:end], STYLES[kind])
                at = end
        text.append(story.text[at : p.end])
        yield p.kind, p.start, text
