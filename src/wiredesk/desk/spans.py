"""What was read in a version, as spans of its source text, and the text as HTML with them marked.

Spans may lie in one another (a credit in the sign-off); the innermost gives the colour.  Whatever
the spans are, the pieces together are the text, character by character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wiredesk.desk.html import Markup, Row, join, tag, words

#: The kinds that have a colour, in the order of the legend, and what they are called there.
KINDS = {
    "dateline": "dateline",
    "byline": "byline",
    "note": "editor's note",
    "bullet": "bullet",
    "crosshead": "crosshead",
    "speaker_label": "speaker label",
    "quote": "quote",
    "instrument": "instrument",
    "conversion": "conversion",
    "signoff": "sign-off",
    "credit": "credit",
    "trailer": "trailer",
}
#: A byline that was printed stands above the copy: further down its words are something else.
TOP = 600


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the source text, what they were read as, and what there is to say of them."""

    start: int
    end: int
    kind: str
    said: str = ""


def spans_of(
    version: Row,
    paragraphs: Sequence[Row],
    quotes: Sequence[Row],
    signed: Sequence[Row],
    instruments: Sequence[Row],
) -> list[Span]:
    """All spans of a version that have a colour."""
    found = [
        Span(p["src_start"], p["src_end"], p["kind"]) for p in paragraphs if p["kind"] in KINDS
    ]
    if version["dateline_start"] is not None:
        found.append(Span(version["dateline_start"], version["dateline_end"], "dateline"))
    byline = version["byline_raw"]
    at = version["source_text"].find(byline, 0, TOP) if byline else -1
    if at >= 0:
        found.append(Span(at, at + len(byline), "byline"))
    found += (Span(q["src_start"], q["src_end"], "quote", _spoken(q)) for q in quotes)
    found += (Span(c["src_start"], c["src_end"], "credit", _did(c)) for c in signed)
    found += (Span(i["src_start"], i["src_end"], "instrument", i["ric"] or "") for i in instruments)
    return found


def _spoken(quote: Row) -> str:
    return f"{quote['speaker'] or 'speaker not known'} ({words(quote['basis'])})"


def _did(credit: Row) -> str:
    where = f" in {credit['place']}" if credit["place"] else ""
    return f"{words(credit['role'])}{where}"


def pieces(source: str, spans: Iterable[Span]) -> Iterator[tuple[str, Span | None]]:
    """The text cut at every end of a span, each piece with the innermost span over it."""
    inside = [s for s in spans if 0 <= s.start < s.end <= len(source)]
    cuts = sorted({0, len(source), *(s.start for s in inside), *(s.end for s in inside)})
    opens: dict[int, list[Span]] = {}
    for one in inside:
        opens.setdefault(one.start, []).append(one)
    over: list[Span] = []
    for start, end in pairwise(cuts):
        over = [s for s in over if s.end > start] + opens.get(start, [])
        inner = min(over, key=lambda s: s.end - s.start, default=None)
        yield source[start:end], inner


def marked(source: str, spans: Iterable[Span]) -> Markup:
    """The text as HTML, each piece in the colour of what it was read as."""
    return join(*(_piece(piece, over) for piece, over in pieces(source, spans)))


def _piece(piece: str, over: Span | None) -> object:
    if over is None:
        return piece
    said = ": ".join(filter(None, (KINDS[over.kind], over.said)))
    return tag("mark", piece, class_=f"wd-s wd-is-{over.kind}", title=said)


def legend(spans: Iterable[Span]) -> Markup:
    """The colours that the text shows, by name."""
    there = {span.kind for span in spans}
    return tag(
        "p",
        *(tag("mark", name, class_=f"wd-s wd-is-{k}") for k, name in KINDS.items() if k in there),
        class_="wd-legend",
    )
