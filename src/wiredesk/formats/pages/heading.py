"""What a page prints between its headline and its third paragraph: byline, time, standfirst.

The order is the page's own, so what belongs to other stories (teasers with bylines and times, in
the margin and below) is not reached.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wiredesk.formats.pages.fragment import NAMED, Block, Found, is_aside, is_furniture
from wiredesk.formats.pages.furniture import WORDS, is_pointer
from wiredesk.formats.pages.metadata import squeezed

PLACES = "h1, h2, h3, h4, p, time, li, address, [rel], [itemprop], [class], [id]"
BYLINE = frozenset(("byline", "bylines", "author", "authors", "autor", "autoren", "auteur",
                    "auteurs", "autore", "signature", "firma", "reporter", "writer", "penulis",
                    "redaktor", "journalist"))  # fmt: skip
STAMP = frozenset(("date", "time", "timestamp", "published", "publication", "pubdate", "datetime",
                   "datum", "fecha", "publish", "dateline"))  # fmt: skip
STANDFIRST = frozenset(
    """standfirst lead leadtext intro introduction summary subtitle subheadline subhead subline deck
    dek abstract chapo excerpt teaser teasertext description sumario entradilla sottotitolo
    occhiello vorspann ingress manchet headnote preamble strap strapline bajada lid inleiding
    subheading""".split()
)
NAMED_PLACES = BYLINE | STAMP | STANDFIRST
TEXTS = frozenset(("h1", "h2", "h3", "h4", "p", "time", "li", "address"))
MOST_PLACES = 4_000  #: elements that are looked at; the most of 71 pages are 1,374
LONGEST_BYLINE = 200
SHORTEST_STANDFIRST, LONGEST_STANDFIRST = 40, 900  #: those of 71 pages have 56 to 330
SHORTEST_MATCH = 30  #: letters of a description that a standfirst must share
LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Heading:
    bylines: tuple[tuple[str, str], ...]  #: which part of the page, and its lines
    stamps: tuple[tuple[str, str], ...]  #: where, text or datetime
    standfirst: str | None


def read_heading(
    doc: LexborHTMLParser,
    found: Found | None,
    title: str | None,
    described: Sequence[str],
    story: Sequence[Block],
) -> Heading:
    """`described` are the page's descriptions in its head, `story` its blocks."""
    places = doc.css(PLACES)[:MOST_PLACES]
    start = _headline(places, _key(title))
    first = {_key(block.text)[:80] for block in [b for b in story if b.kind == "p"][:3]}
    wanted = [key for text in described if len(key := _key(text)) >= SHORTEST_MATCH]
    have = [_key(block.text) for block in story[:8]]
    bylines: list[tuple[str, str]] = []
    stamps: list[tuple[str, str]] = []
    standfirst: str | None = None
    named: list[str] = []  # what its class calls a standfirst: a kicker may be among them
    passed = 0
    for place in places[start:]:
        tag = place.tag
        words = _words(place)
        if tag not in TEXTS and not NAMED_PLACES & words and place.attrs.get("rel") != "author":
            continue
        text = squeezed(place.text(separator=" ")) if tag != "time" else place.text()
        if not text or len(text) > LONGEST_STANDFIRST:
            continue
        key = _key(text)
        if tag in {"p", "li"} and key[:80] in first:
            passed += 1
            if passed >= len(first):
                break
            continue
        if tag == "time" and not passed:
            stamps.append(("time", place.attributes.get("datetime") or text.strip()))
        if len(text) <= LONGEST_BYLINE and not is_aside(place):
            if BYLINE & words or place.attributes.get("rel") == "author":
                # a line for each element: `<a>Jasper Riemann</a><a>Barbara Schneider</a>`
                lines = (squeezed(line) for line in place.text(separator="\n").split("\n"))
                part = f"{tag} {place.attributes.get('class') or ''}"
                bylines.append((part, "\n".join(line for line in lines if line)))
            if STAMP & words and not passed and tag != "time" and any(map(str.isdigit, text)):
                stamps.append(("printed", text))
        if standfirst is None and not passed and len(text) >= SHORTEST_STANDFIRST:
            declared = any(_agree(key, other) for other in wanted)
            if (declared or STANDFIRST & words) and _stands_alone(place, key, have, title):
                if declared and not _is_among(place, found, is_aside):
                    standfirst = text
                elif not _is_among(place, found, is_furniture):
                    named.append(text)
    return Heading(
        tuple(dict.fromkeys(bylines)),
        tuple(dict.fromkeys(stamps)),
        standfirst or max(named, key=len, default=None),
    )


def _key(text: str | None) -> str:
    return LETTERS.sub("", text.lower()) if text else ""


def _words(node: LexborNode) -> frozenset[str]:
    attributes = node.attrs
    return _of_names(" ".join(filter(None, map(attributes.get, (*NAMED, "itemprop")))))


@lru_cache(maxsize=16384)
def _of_names(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORDS.findall(names[:400]))


def _headline(places: Sequence[LexborNode], title: str) -> int:
    """Where the headline stands among `places`: the heading that is it, else the first h1."""
    first = 0
    for n, place in enumerate(places):
        if place.tag in {"h1", "h2"}:
            key = _key(place.text())
            if key and (key == title or (len(title) > 15 and (title in key or key in title))):
                return n
            if place.tag == "h1" and key and not first:
                first = n
    return first


def _agree(key: str, other: str) -> bool:
    """Whether one is the other, or the other cut short as descriptions are."""
    shorter = min(len(key), len(other), 80)
    return shorter >= SHORTEST_MATCH and key[:shorter] == other[:shorter]


def _stands_alone(place: LexborNode, key: str, have: list[str], title: str | None) -> bool:
    """Whether it is not in the story already, no list of links and no wrapper of other parts."""
    if any(key in other or other[:60] == key[:60] for other in have if other):
        return False
    if _key(title) in key or any(len(other) > 40 and other in key for other in have):
        return False
    link = place.css_first("a")
    if link is not None and len(link.text()) * 2 > len(place.text()):
        return False
    parts = place.css("h1, h2, h3, time, [class*=author], [class*=byline]")
    if any(part.mem_id != place.mem_id for part in parts):  # a selector finds the element too
        return False
    return not is_aside(place) and not is_pointer(place.text().strip())


def _is_among(place: LexborNode, found: Found | None, kind: Callable[[LexborNode], bool]) -> bool:
    """Whether an element around it is of that kind or a link, and not around the story too."""
    at = place.parent
    while at is not None and found is not None and at.mem_id not in found.own:
        if at.tag == "a" or kind(at):
            return True
        at = at.parent
    return False
