"""Copy to Story: every reader in the order of the page, from the top, the bottom, then between."""

from __future__ import annotations

import re

from wiredesk.agencies import grammar_for, recognised
from wiredesk.agencies.grammar import Grammar
from wiredesk.clean import clean_line
from wiredesk.extract import crossheads, trailers
from wiredesk.extract.byline import named_author, read_byline
from wiredesk.extract.dateline_apart import read_apart
from wiredesk.extract.headline import Head, read_headline
from wiredesk.extract.instruments import read_instruments
from wiredesk.extract.language import read_language
from wiredesk.extract.notes import kind_of
from wiredesk.extract.quotes import read_quotes
from wiredesk.extract.signoff import read_tail
from wiredesk.extract.spans import Run, runs
from wiredesk.extract.tail import Tail
from wiredesk.extract.top import BULLET, Top, read_top
from wiredesk.model import (
    Conversion,
    Copy,
    Issue,
    Item,
    Paragraph,
    ParagraphKind,
    Story,
)
from wiredesk.places import Gazetteer

#: what web scrapes leave where a code stood: `Kospi  .` and `  ,`
BEFORE_STOP = re.compile(r"(?<=[\w)\]])\s+(?=[.,;](?:\s|$))")


def read_story(copy: Copy, gazetteer: Gazetteer) -> Story:
    """What the copy says.  Pure: the same copy gives the same story, always."""
    item = copy.item
    grammar = grammar_for(item.agency, item.source)
    paragraphs = runs(copy)
    top = read_top(paragraphs, grammar, gazetteer, item.updated or item.published)
    if not top.found and item.dateline:
        when = item.updated or item.published
        top.found = read_apart(item.dateline, grammar, gazetteer, when)
    grammar = (top.found and top.found.grammar) or grammar
    head = read_headline(_headline(item) or top.headline)
    byline_raw = clean_line(item.byline) or head.byline or top.byline
    authors = tuple(named_author(name, grammar) for name in item.authors) or read_byline(
        byline_raw, grammar
    )
    if top.byline and item.byline and not authors:
        authors = read_byline(top.byline, grammar)
    tail = read_tail(copy, top.runs, grammar, gazetteer, authors)
    if not grammar.key:
        grammar = recognised(run.folded for _, run in tail.below)
    body, conversions = _between(tail, grammar)
    placed = _ordered(top, body, tail)
    notes = [*top.notes, *([tail.note] if tail.note else []), *filter(None, [item.ed_note])]
    text = "\n\n".join(p.text for p in placed if p.kind in {"body", "crosshead"})
    issues = (*item.issues, *copy.issues, *_issues(item, top, head, text))
    genre = grammar.genre or head.genre or item.genre
    return Story(
        item=item,
        text=copy.text if item.markup == "html" else item.body,
        agency=grammar.name or None,
        language=read_language(item.language, text),
        headline_raw=clean_line(item.title) or top.headline,
        headline=head.headline,
        labels=head.labels,
        standing_head=head.standing_head,
        genre=genre,
        slug=item.slug or head.slug or top.slug,
        byline_raw=byline_raw,
        authors=authors,
        dateline=top.found.dateline if top.found else None,
        ed_note=notes[0] if notes else None,
        ed_note_kind=kind_of(notes[0]) if notes else None,
        bullets=tuple(top.bullets),
        paragraphs=placed,
        body=text,
        credits=tuple(tail.credits),
        contacts=tuple(tail.contacts),
        quotes=read_quotes([run for kind, run, _ in body if kind in {"body", "speaker_label"}]),
        instruments=read_instruments(tail.runs),
        conversions=(*conversions, *tail.conversions),
        issues=tuple(dict.fromkeys(issues)),
        provenance=_provenance(item, top, tail, grammar),
    )


def _headline(item: Item) -> str | None:
    """The title with its lines kept: a dpa header block is several."""
    if not item.title:
        return None
    lines = [clean_line(line) for line in item.title.splitlines()]
    return "\n".join(line for line in lines if line) or None


Placed = tuple[ParagraphKind, Run, float]


def _between(tail: Tail, grammar: Grammar) -> tuple[list[Placed], list[Conversion]]:
    """Body paragraphs with the crossheads, bullets, labels and conversions among them."""
    placed: list[Placed] = []
    conversions: list[Conversion] = []
    usage = crossheads.Usage(tail.runs)
    closing = trailers.pattern_for(grammar)
    for n, run in enumerate(tail.runs):
        text = run.folded
        if BULLET.match(text):
            placed.append(("bullet", run, 1.0))
        elif found := trailers.CONVERSION.fullmatch(text):
            placed.append(("conversion", run, 1.0))
            conversions.extend(trailers.read_conversions(found["raw"]))
        elif n and n + 1 < len(tail.runs) and re.match(r"_{3,}$", text) and closing.match(text):
            placed.append(("trailer", run, 1.0))
        elif head := crossheads.whole_line(run) if n or len(tail.runs) > 1 else None:
            placed.append((head.kind, run, head.confidence))
        else:
            placed.extend(_divided(run, usage))
    return placed, conversions


def _divided(run: Run, usage: crossheads.Usage) -> list[Placed]:
    """A paragraph cut at the crossheads fused into it."""
    placed: list[Placed] = []
    at = 0
    for head in crossheads.fused(run, usage):
        before = run.cut(at, head.start)
        if before:
            placed.append(("body", before, 1.0))
        placed.append((head.kind, run.cut(head.start, head.end), head.confidence))
        at = head.end
    rest = run.cut(at)
    if rest:
        placed.append(("body", rest, 1.0))
    return placed


def _ordered(top: Top, body: list[Placed], tail: Tail) -> tuple[Paragraph, ...]:
    above: list[Placed] = [(kind, run, 1.0) for kind, run in top.above]
    below: list[Placed] = [(kind, run, 1.0) for kind, run in reversed(tail.below)]
    paragraphs = []
    for kind, run, confidence in (*above, *body, *below):
        start, end = run.span()
        text = run.text
        if kind == "body" and (" ." in text or " ," in text or " ;" in text):
            text = BEFORE_STOP.sub("", text)
        paragraphs.append(Paragraph(kind, text, start, end, confidence))
    return tuple(paragraphs)


def _issues(item: Item, top: Top, head: Head, body: str) -> list[Issue]:
    issues = list(top.issues)
    if top.found:
        issues.extend(top.found.issues)
    if head.headline is None and not head.labels:
        issues.append(Issue("missing_headline"))
    if item.published is None and item.updated is None:
        issues.append(Issue("missing_date"))
    if not body:
        issues.append(Issue("empty_body"))
    if item.dateline and not top.found:
        issues.append(Issue("dateline_unread", item.dateline[:80]))
    return issues


def _provenance(item: Item, top: Top, tail: Tail, grammar: Grammar) -> tuple[tuple[str, str], ...]:
    """For each field that the copy gave, the rule that read it."""
    rows = dict(item.provenance)
    if top.found and top.found.dateline.rule != "apart":
        rows["dateline"] = f"dateline {top.found.dateline.rule}"
    if top.byline:
        rows["byline"] = "top of copy"
    elif item.byline:
        rows.setdefault("byline", f"{item.format} byline")
    if tail.credits:
        rows["credits"] = "sign-off"
    if grammar.name:
        marked = top.found and top.found.grammar
        declared = grammar_for(item.agency, item.source).name
        rows["agency"] = "dateline mark" if marked else "source" if declared else "closing lines"
    return tuple(rows.items())
