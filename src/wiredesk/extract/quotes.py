"""Quotations in the body, and who is speaking.

    marks     = “ ” | " | « » | „ “ | `` '' | ‘ ’ ;      (* the last only where the copy has no other *)
    explicit    the speaker stands beside the quote: said X, X said, according to X
    coreference beside it stands a pronoun or a role (`the minister`) of somebody named before
    adjacent    nothing stands beside it: the speaker of the sentence before goes on
    continued   the paragraph before left its quote open
    lead        the lead's few words come again in a quote whose speaker is named
    none        nobody could be named

A speaker that is not known is None: a wrong one is worse.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wiredesk.extract import speakers
from wiredesk.extract.spans import Run
from wiredesk.extract.speakers import BE, HEAD_VERBS, HUMANS, PLURAL, SAY, Names, Speaker, core
from wiredesk.model import Quote

MARK = re.compile(r"[\"«»]|``|''")
#: British style: a whole single-quoted phrase that ends with its own stop or comma
SINGLE = re.compile(r"(?:(?<=\s)|^)'(?=[^\W_])[^'\n]{8,400}?(?:\w'\w[^'\n]{1,400}?){0,9}[,.?!]'(?=\s|$)")
OPENS = frozenset(" \n([-/'")
#: a parenthesis is no part of a subject: `Ruiz (D-Texas) said`, `Toyota ( 7203.T ) said`
ASIDE = re.compile(r"\s?\([^()]{0,80}\)")
WINDOW = 600  # characters of a sentence before or after a quote that are read
STOP = re.compile(r"[.?!][)']*\s+(?=[^a-z])")
LEAD = 700  # characters: a lead and the paragraph that backs it
#: words that stand where a sentence does not end
ABBREVIATED = frozenset(
    """mr mrs ms dr st gen sen rep gov lt col sgt capt cmdr adm maj prof rev jr sr inc corp co ltd
    no vs jan feb aug sept oct nov dec mass calif pa va conn fla ill mich wis ariz ala colo d r
    hon pres supt dept insp messrs bros p.m a.m e.g i.e etc""".split()
)
#: `the so-called "caliphate"`: a name or a doubt, not speech
NAMING = frozenset(
    """so-called known dubbed titled entitled nicknamed named word words term phrase film movie book
    song album novel show series play single hit drama comedy magazine codenamed code-named
    headlined slogan self-styled self-proclaimed musical sitcom thriller sequel""".split()
)




@dataclass(slots=True)
class Mark:
    """One quotation: [start, end) are its words, [open, close) its words with the marks."""

    open: int
    start: int
    end: int
    close: int
    continues: bool = False  #: the paragraph before left its quote open
    partial: bool = False
    speaker: Speaker | None = None
    basis: str = "none"
    by_tail: bool = False  #: its speaker stands after it
    near: bool = False  #: a verb of speech stands close by


def read_quotes(runs: Sequence[Run]) -> tuple[Quote, ...]:
    """The quotations of the body's paragraphs, in printed order.

    `“We sail,” said Mayor Ana Ruiz.` → Quote("We sail,", "Ana Ruiz", "explicit", False, …)
    """
    if not any(_may_quote(run.folded) for run in runs):
        return ()
    page = Page(runs)
    marks = page.marks()
    return Attribution(page, marks).rows() if marks else ()


def _may_quote(text: str) -> bool:
    return (
        '"' in text or " '" in text or text[:1] == "'" or "''" in text or "«" in text or "»" in text
    )


class Page:
    """The paragraphs as one text, a line each, with the way back to the input."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = [run for run in runs if run]
        self._at: list[int] = []
        folded: list[str] = []
        text: list[str] = []
        at = 0
        for n, run in enumerate(self._runs):
            if n:
                # lines that cleaning left apart: `reflects pressure from⏎the market to improve`
                broken = self._runs[n - 1].text[-1].isalnum() or run.text[0].islower()
                folded.append(" " if broken else "\n")
                text.append(folded[-1])
                at += 1
            self._at.append(at)
            folded.append(run.folded)
            text.append(run.text)
            at += len(run)
        self.folded = "".join(folded)
        self.text = "".join(text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the input of `text[start:end]`, which may run over a paragraph's end."""
        first = bisect_right(self._at, start) - 1
        last = bisect_right(self._at, end - 1) - 1
        at = start - self._at[first]
        begin, after = self._runs[first].span(at, end - self._at[first] if first == last else at + 1)
        if first != last:
            at = end - 1 - self._at[last]
            after = self._runs[last].span(at, at + 1)[1]
        return begin, after

    def marks(self) -> list[Mark]:
        """The quotations in printed order, none inside another."""
        found = list(self._double())
        if not found and SINGLE.search(self.folded):
            found = list(self._single())
        return found

    def _double(self) -> Iterator[Mark]:
        text, folded = self.text, self.folded
        opened, kind, continues = -1, "", False
        for found in MARK.finditer(folded):
            at = found.start()
            if opened >= 0 and (line := folded.find("\n", opened, at)) >= 0:
                goes_on = line + 1 == at
                if goes_on or self._unclosed(opened, line):
                    yield from self._mark(opened, line, line, continues)
                opened, continues = -1, goes_on
            side = _side(text, folded, at, found.end(), kind if opened >= 0 else "")
            if opened < 0:
                if side == "open":
                    opened, kind = at, text[at]
                else:
                    continues = False
            elif side == "close":
                yield from self._mark(opened, at, found.end(), continues)
                opened, continues = -1, False
            elif side == "open":
                # two paragraphs fused, or a mark that was never closed
                goes_on = folded[at - 2 : at - 1] in {".", "?", "!"}
                if goes_on and self._unclosed(opened, at):
                    yield from self._mark(opened, at, at, continues)
                opened, kind, continues = at, text[at], goes_on
        if opened >= 0:
            line = folded.find("\n", opened)
            line = len(folded) if line < 0 else line
            if self._unclosed(opened, line):
                yield from self._mark(opened, line, line, continues)

    def _unclosed(self, opened: int, end: int) -> bool:
        """Whether words without a closing mark can be one quote: no attribution is among them."""
        if end - opened > 4 * WINDOW:
            return False
        return self.folded[end - 1] in ".?!" and not SAY.intersection(
            self.folded[opened:end].split()
        )

    def _mark(self, opened: int, end: int, close: int, continues: bool) -> Iterator[Mark]:
        start = opened + (2 if self.folded.startswith(("``", "''"), opened) else 1)
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if any(c.isalnum() for c in self.text[start : start + 40]):
            yield Mark(opened, start, end, close, continues)

    def _single(self) -> Iterator[Mark]:
        closers = [m.start() for m in SINGLE_CLOSE.finditer(self.folded)]
        done = 0
        for found in SINGLE_OPEN.finditer(self.folded):
            at = found.start()
            if at < done:
                continue
            line = self.folded.find("\n", at, at + 4 * WINDOW)
            first = bisect_right(closers, at)
            ends = [c for c in closers[first : first + 12] if line < 0 or c < line]
            # an apostrophe closes nothing: `the ministers' plan`
            end = next((c for c in ends if self.folded[c - 1] in ",.?!"), -1)
            end = end if end >= 0 else next((c for c in ends if self.folded[c - 1] != "s"), -1)
            if end > at + 1:
                yield from self._mark(at, end, end + 1, False)
                done = end + 1


def _side(text: str, folded: str, at: int, after: int, kind: str) -> str:
    """Whether the mark at `at` opens or closes; `kind` is the mark that is open, if any."""
    mark = text[at]
    if mark == "″":
        return ""
    before = folded[at - 1 : at]
    following = folded[after : after + 1]
    can_open = (not before or before in OPENS) and bool(following) and not following.isspace()
    if kind in {"«", "»"}:
        return ("close" if mark != kind else "") if mark in "«»" else ""
    if mark in "„‟«`" or (mark == "“" and kind not in {"„", "‟"}):
        typo = kind and mark == "“" and not can_open and not before.isspace()
        return "close" if typo else "open"
    if kind:
        straight = mark == '"' and can_open and before.isspace()
        return "open" if straight else "close"
    if mark == "'":
        return ""
    if mark == '"' and not can_open:
        # `said,"We sail` and `" We sail`
        spaced = (not before or before.isspace()) and following.isspace()
        return "open" if spaced or (not before.isdigit() and following.isupper()) else ""
    return "open" if can_open else ""


class Attribution:
    """Finds the speaker of each mark, from the first to the last."""

    def __init__(self, page: Page, marks: list[Mark]) -> None:
        self._page = page
        self._folded = page.folded
        self._marks = marks
        self._names = Names(page.folded)
        self._gender: dict[str, str] = {}

    def rows(self) -> tuple[Quote, ...]:
        """The quotes that are speech; marks around a title or a doubted word are left out."""
        for n in range(len(self._marks)):
            self._attribute(n)
        for n in range(len(self._marks) - 2, -1, -1):
            self._share(n)
        lead = {n for n in range(len(self._marks)) if self._lead(n)}
        kept = [m for n, m in enumerate(self._marks) if n in lead or not self._scare(n)]
        return tuple(self._quote(mark) for mark in kept)

    def _quote(self, mark: Mark) -> Quote:
        start, end = self._page.span(mark.start, mark.end)
        text = self._page.text[mark.start : mark.end].replace("\n", " ")
        speaker = mark.speaker.text if mark.speaker else None
        basis = mark.basis if speaker else "none"
        return Quote(text, speaker, basis, mark.partial, start, end)

    # -- the sentence around a mark ---------------------------------------------------------

    def _head(self, n: int) -> tuple[list[str], bool]:
        """The words of the sentence before mark n, and whether mark n-1 stands in it too."""
        folded, at = self._folded, self._marks[n].open
        floor = self._marks[n - 1].close if n else 0
        start = self._start(max(floor, at - WINDOW), at)
        joined = n > 0 and start == floor
        if joined:
            gap = folded[floor:at].strip()
            last = folded[self._marks[n - 1].end - 1]
            joined = bool(gap) and not (last in ".?!" and gap[0].isupper())
        return self._words(start, at), joined

    def _tail(self, n: int) -> tuple[list[str], bool]:
        """The words of the sentence after mark n, and whether mark n+1 stands in it too."""
        at = self._marks[n].close
        ceiling = self._marks[n + 1].open if n + 1 < len(self._marks) else len(self._folded)
        limit = min(ceiling, at + WINDOW)
        end = self._end(at, limit)
        return self._words(at, end), end == ceiling and n + 1 < len(self._marks)

    def _words(self, start: int, end: int) -> list[str]:
        part = self._folded[start:end]
        if "(" in part:
            part = ASIDE.sub("", part)
        return part.strip(" -_\n").lstrip(",. ").split()

    def _start(self, floor: int, at: int) -> int:
        """Where the sentence that reaches to `at` starts."""
        folded = self._folded
        floor = max(floor, folded.rfind("\n", floor, at) + 1)
        start = floor
        for found in STOP.finditer(folded, floor, at):
            if not self._abbreviated(found.start(), floor):
                start = found.end()
        if start == floor and at and folded[at - 2 : at - 1] in {".", "?", "!"}:
            stop = at - 2
            start = start if stop < floor or self._abbreviated(stop, floor) else at
        return start

    def _end(self, at: int, ceiling: int) -> int:
        """Where the sentence that `at` stands in ends, without its stop."""
        line = self._folded.find("\n", at, ceiling)
        ceiling = ceiling if line < 0 else line
        for found in STOP.finditer(self._folded, at, ceiling):
            if not self._abbreviated(found.start(), at):
                return found.start()
        return ceiling

    def _abbreviated(self, stop: int, floor: int) -> bool:
        """Whether the stop is part of `Mr.`, `J.` or `U.S.`"""
        folded = self._folded
        if folded[stop] != ".":
            return False
        word = folded[max(floor, folded.rfind(" ", max(floor, stop - 16), stop) + 1) : stop]
        return "." in word or len(word) == 1 or word.lower() in ABBREVIATED
