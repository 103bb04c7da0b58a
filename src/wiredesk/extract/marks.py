"""Quotation marks in pairs: where each quotation of a page starts and ends.

    quotation = open , words , close ;
    open      = "“" | '"' | "«" | "„" | "``" | "»" ;
    close     = "”" | '"' | "»" | "“" | "''" | "«" ;
    single    = "‘" , words , "’" ;                  (* British: on a page without the others *)

Copy loses marks.  A paragraph's end closes a quotation, which goes on where the next paragraph
opens with a mark again; a mark with an attribution behind it and no second one opens none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wiredesk.extract.page import WINDOW, Page
from wiredesk.extract.speech import SAY

MARKS = ('"', "«", "»", "``", "''")
OPENS = frozenset(" \n([-/'")  #: what stands before a mark that opens
LONGEST = 4 * WINDOW  # characters of a quotation that nothing closes
#: British style: single marks, where at least one closes beside a stop or a comma
SINGLE = re.compile(r"(?:[,.?!]'|',)(?=\s|$)")
SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[-])|^)'(?=[^\W_])", re.MULTILINE)
SINGLE_CLOSE = re.compile(r"(?<=\S)'(?![^\W_])")
MOST_APOSTROPHES = 12  # of a paragraph, tried as the end of one quotation
#: an attribution inside what should be a quotation: its closing mark was lost
ATTRIBUTED = re.compile(r"[,?!] (?:\w+ ){0,3}(?:said|says|added|told)\b")

Side = Literal["opens", "closes", "neither"]
#: where a quotation opens, its words end and it closes, and whether it goes on from before
Pair = tuple[int, int, int, bool]


@dataclass(slots=True)
class Mark:
    """One quotation: [start, end) are its words, [open, close) its words with the marks."""

    open: int
    start: int
    end: int
    close: int
    continues: bool  #: the paragraph before left its quotation open


def find_marks(page: Page) -> list[Mark]:
    """The quotations in printed order, none inside another."""
    found = [mark for pair in _double(page) if (mark := _mark(page, *pair))]
    if not found and SINGLE.search(page.folded):
        found = [mark for pair in _single(page.folded) if (mark := _mark(page, *pair))]
    return found


def _double(page: Page) -> Iterator[Pair]:
    text, folded = page.text, page.folded
    padded = f"\n{folded}\n"  # `padded[at]` is the character before `folded[at]`
    opened, continues = -1, False
    for at, after in _places(folded):
        if opened >= 0 and (line := folded.find("\n", opened, at)) >= 0:
            goes_on = line + 1 == at and not ATTRIBUTED.search(folded, opened, line)
            if goes_on or _unclosed(folded, opened, line):
                yield opened, line, line, continues
            opened, continues = -1, goes_on
        if opened < 0:
            if _opens(text[at], padded[at], padded[after + 1]):
                opened = at
            continue
        side = _side(text[opened], text[at], padded[at], padded[after + 1])
        if side == "closes":
            yield opened, at, after, continues
            opened, continues = -1, False
        elif side == "opens":
            # two paragraphs fused, or a mark that was never closed
            if _unclosed(folded, opened, at - 1):
                yield opened, at - 1, at - 1, continues
            opened, continues = at, folded[at - 2] in ".?!"
    if opened >= 0:
        line = folded.find("\n", opened)
        line = len(folded) if line < 0 else line
        if _unclosed(folded, opened, line):
            yield opened, line, line, continues


def _single(folded: str) -> Iterator[Pair]:
    closers = [token.start() for token in SINGLE_CLOSE.finditer(folded)]
    done = 0
    for token in SINGLE_OPEN.finditer(folded):
        at = token.start()
        if at < done:
            continue
        line = folded.find("\n", at, at + LONGEST)
        first = bisect_right(closers, at)
        ends = [c for c in closers[first : first + MOST_APOSTROPHES] if line < 0 or c < line]
        # an apostrophe closes nothing: `the ministers' plan`
        end = next((c for c in ends if folded[c - 1] in ",.?!"), -1)
        end = end if end >= 0 else next((c for c in ends if folded[c - 1] != "s"), -1)
        if end > at + 1:
            yield at, end, end + 1, False
            done = end + 1


def _mark(page: Page, opened: int, end: int, close: int, continues: bool) -> Mark | None:
    """The quotation between two marks; None where there are no words."""
    start = opened + (2 if page.folded.startswith("``", opened) else 1)
    words = page.text[start:end]
    if words[:1].isalnum() and not words[-1].isspace():
        return Mark(opened, start, end, close, continues)
    if not any(map(str.isalnum, words)):
        return None
    start += len(words) - len(words.lstrip())
    return Mark(opened, start, start + len(words.strip()), close, continues)


def _unclosed(folded: str, opened: int, end: int) -> bool:
    """Whether words without a closing mark can be one quotation: no attribution is among them."""
    if end - opened > LONGEST or folded[end - 1] not in ".?!":
        return False
    return SAY.isdisjoint(folded[opened:end].split())


def _places(folded: str) -> list[tuple[int, int]]:
    """Where marks stand; `str.find` is several times faster than a pattern here, and twenty times
    faster with one character than with two."""
    places = []
    for mark in MARKS:
        at = folded.find(mark) if mark[0] in folded else -1
        while at >= 0:
            places.append((at, at + len(mark)))
            at = folded.find(mark, at + len(mark))
    places.sort()
    return places


def _opens(mark: str, before: str, behind: str) -> bool:
    """Whether a mark opens a quotation where none is open."""
    can_open = before in OPENS and not behind.isspace()
    if mark == '"':
        # `said,"We sail` and `" We sail`, but not `a 12" pipe`
        spaced = before.isspace() and behind.isspace()
        return can_open or spaced or (behind.isupper() and not before.isdigit())
    return mark in "„‟«`“" or (can_open and mark in "”»")


def _side(opened: str, mark: str, before: str, behind: str) -> Side:
    """What a mark does to the quotation that the mark `opened` opened."""
    if mark == "″":
        return "neither"
    if opened in "«»":
        return "closes" if mark in "«»" and mark != opened else "neither"
    can_open = before in OPENS and not behind.isspace()
    if mark == '"':
        return "opens" if can_open and before.isspace() else "closes"
    if mark == "“" and opened not in "„‟":
        typo = not can_open and not before.isspace()
        return "closes" if typo else "opens"
    return "opens" if mark in "„‟«`" else "closes"
