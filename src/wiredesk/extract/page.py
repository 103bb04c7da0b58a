"""The body as one text, a line for each paragraph: its sentences and the way back to the input.

page     = paragraph , { NL , paragraph } ;     (* a space where cleaning left one in two *)
sentence = words , ( "." | "?" | "!" ) , SP ;   (* before no small letter, after no Mr., J., U.S. *)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from wiredesk.extract.spans import Run

WINDOW = 600  # characters of a sentence before or after a place that are read
STOP = re.compile(r"[.?!][)']*\s+(?=[^a-z])")
#: a parenthesis is no part of a subject: `Ruiz (D-Texas) said`, `Toyota ( 7203.T ) said`
ASIDE = re.compile(r"\s?\([^()]{0,80}\)")
#: words whose stop ends no sentence
ABBREVIATED = frozenset(
    """mr mrs ms dr st gen sen rep gov lt col sgt capt cmdr adm maj prof rev jr sr inc corp co ltd
    no vs jan feb aug sept oct nov dec mass calif pa va conn fla ill mich wis ariz ala colo d r
    hon pres supt dept insp messrs bros p.m a.m e.g i.e etc""".split()
)


class Page:
    """`text` is the paragraphs as printed, `folded` the same with plain quotes and dashes."""

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
        if first == last:
            return self._runs[first].span(at, end - self._at[first])
        until = end - self._at[last]
        begin = self._runs[first].span(at, at + 1)[0]
        return begin, self._runs[last].span(until - 1, until)[1]

    def sentences(self, floor: int, at: int) -> Iterator[tuple[int, list[str]]]:
        """The sentences of `[floor, at)`, the last first, with their starts."""
        while at > floor:
            while at > floor and self.folded[at - 1].isspace():
                at -= 1
            if at <= floor:
                return
            start = self.sentence_start(max(floor, at - WINDOW), at - 1)
            yield start, self.words(start, at)
            at = start

    def sentence_start(self, floor: int, at: int) -> int:
        """Where the sentence that reaches to `at` starts."""
        folded = self.folded
        floor = max(floor, folded.rfind("\n", floor, at) + 1)
        stop = at - 2
        ended = stop >= floor and folded[stop] in ".?!" and folded[stop - 1] not in ".?!"
        # `in the U.S. "We sail`, but `Ana J. "Annie" Ruiz`
        if ended and folded[at + 1 : at + 2].isupper() and folded[stop - 2] != " ":
            return at
        stop = at
        while True:
            last = folded.rfind(". ", floor, stop)
            nearer = max(floor, last)
            stop = max(last, folded.rfind("? ", nearer, stop), folded.rfind("! ", nearer, stop))
            if stop < 0:
                return floor
            if not folded[stop + 2].islower() and not self._abbreviated(stop, floor):
                return stop + 2

    def sentence_end(self, at: int, ceiling: int) -> int:
        """Where the sentence that `at` stands in ends, without its stop."""
        line = self.folded.find("\n", at, ceiling)
        ceiling = ceiling if line < 0 else line
        for found in STOP.finditer(self.folded, at, ceiling):
            if not self._abbreviated(found.start(), at):
                return found.start()
        return ceiling

    def words(self, start: int, end: int) -> list[str]:
        """The words of `[start, end)` with their punctuation, parentheses left out."""
        part = self.folded[start:end]
        if "(" in part:
            part = ASIDE.sub("", part)
        return part.strip(" -_\n").lstrip(",. ").split()

    def _abbreviated(self, stop: int, floor: int) -> bool:
        """Whether the stop is part of `Mr.`, `J.` or `U.S.`"""
        folded = self.folded
        if folded[stop] != ".":
            return False
        word = folded[max(floor, folded.rfind(" ", max(floor, stop - 16), stop) + 1) : stop]
        return "." in word or len(word) == 1 or word.lower() in ABBREVIATED
