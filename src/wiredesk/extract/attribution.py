"""Each quotation's speaker, and the basis on which it was chosen.

    explicit     a clause beside it has a speaker: before it, else behind it
    coreference  that speaker is a pronoun or a role for somebody named before
    adjacent     nothing stands beside it: who spoke in the sentence before goes on
    continued    the paragraph before left its quotation open
    lead         the lead's few words come again in a quotation whose speaker is named
    none         nobody could be named

Quotations are read from first to last, so that each can look back on those before it; then two of
one sentence share their speaker, and the lead's look ahead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wiredesk.extract import clauses
from wiredesk.extract.marks import Mark
from wiredesk.extract.namesakes import Names, core
from wiredesk.extract.page import WINDOW, Page
from wiredesk.extract.phrases import Speaker
from wiredesk.extract.referents import Referents, Said, is_over, refers
from wiredesk.extract.speakers import opening, reported
from wiredesk.extract.speech import HEAD_VERBS, SAY, SAYING

LEAD = 700  # characters: a lead and the paragraph that backs it
WORDS = re.compile(r"[^\W_]+")


class Attribution:
    """Finds the speaker of each mark of a page."""

    def __init__(self, page: Page, marks: Sequence[Mark]) -> None:
        self._page = page
        self._folded = page.folded
        self._marks = marks
        self._said: list[Said] = []
        self._names = Names(page.folded)
        self._referents = Referents(page, marks, self._said, self._names)

    def said(self) -> list[Said]:
        """What is known of each mark, in order."""
        for n in range(len(self._marks)):
            before, joined = self._head(n)
            self._said.append(Said(before, joined))
            self._read(n)
        for n in range(len(self._marks) - 2, -1, -1):
            self._share(n)
        for n in range(len(self._marks)):
            self._lead(n)
        return self._said

    def _head(self, n: int) -> tuple[list[str], bool]:
        """The words of the sentence before mark n, and whether mark n-1 stands in it too."""
        at = self._marks[n].open
        floor = self._marks[n - 1].close if n else 0
        start = self._page.sentence_start(max(floor, at - WINDOW), at)
        joined = n > 0 and start == floor
        if joined:
            gap = self._folded[floor:at].strip()
            last = self._folded[self._marks[n - 1].end - 1]
            joined = bool(gap) and not (last in ".?!" and gap[0].isupper())
        return self._page.words(start, at), joined

    def _tail(self, n: int) -> tuple[list[str], bool]:
        """The words of the sentence after mark n, and whether mark n+1 stands in it too."""
        at = self._marks[n].close
        ceiling = self._marks[n + 1].open if n + 1 < len(self._marks) else len(self._folded)
        end = self._page.sentence_end(at, min(ceiling, at + WINDOW))
        return self._page.words(at, end), end == ceiling and n + 1 < len(self._marks)

    def _read(self, n: int) -> None:
        mark, said = self._marks[n], self._said[n]
        last = self._folded[mark.end - 1]
        # `Ruiz said: "We sail."` leaves nothing to read behind it
        after = [] if said.before and last == "." else self._tail(n)[0]
        said.partial = self._is_partial(n, after)
        previous = self._said[n - 1] if n else None
        if said.joined and previous and previous.by_tail:
            said.speaker, said.basis, said.near = previous.speaker, previous.basis, True
            return
        comma = self._folded[mark.close : mark.close + 1] == ","
        direct = last in ",?!-" or comma or not said.before
        inverted = last == "," and not said.partial and bool(after) and after[0] in SAY
        strong = self._before(said, SAYING) if said.before and not inverted else None
        if strong and self._settle(n, strong):
            return
        fresh = last in ".?!" and bool(after) and after[0][0].isupper()
        if direct and not (fresh and (last == "." or said.partial)):
            found = self._behind(said, after)
            if found and self._settle(n, found):
                said.by_tail = True
                said.partial &= bool(said.before) or self._folded[mark.start].islower()
            if found:  # else it is a pronoun for nobody known
                return
        weak = self._before(said, HEAD_VERBS) if said.before and not strong else None
        if weak and self._settle(n, weak):
            return
        found = self._trailing(said, after) if not direct and last not in ".?!" else None
        if found and self._settle(n, found):
            return
        if not strong and not weak:
            self._go_on(n)

    def _is_partial(self, n: int, after: list[str]) -> bool:
        """Whether the words are less than a sentence."""
        mark, said = self._marks[n], self._said[n]
        if mark.continues:
            return False
        before = said.before
        words = self._folded[mark.start : mark.end].lstrip(".-[(' ")
        if words[:1].islower():
            # the second half of `"A," he said, "b"`
            return not (said.joined and before and before[-1][-1] == ",")
        last = self._folded[mark.end - 1]
        if not before or before[-1][-1] in ",:-" or before[-1] in SAYING:
            goes_on = bool(after) and core(after[0]) not in SAY and after[0][0].islower()
            return goes_on and last not in ".?!,-"
        return last not in ".?!-" or " " not in words

    # -- beside a mark ----------------------------------------------------------------------

    def _before(self, said: Said, verbs: frozenset[str]) -> Speaker | None:
        words = said.before
        verb = clauses.last_verb(words, verbs)
        if verb >= 0:
            said.near = len(words) - verb <= clauses.NEAR_BEFORE
            return clauses.before(words, verb, self._names)
        if words[-1][-1] == ":" and verbs is SAYING:  # ANA RUIZ, MAYOR: "We sail."
            said.near = True
            return opening(words, self._names)
        return None

    def _behind(self, said: Said, words: list[str]) -> Speaker | None:
        found, near = clauses.behind(words, self._names) if words else (None, False)
        said.near = said.near or near
        return found

    def _trailing(self, said: Said, words: list[str]) -> Speaker | None:
        verb = clauses.trailing_verb(words)
        if verb < 0:
            return None
        if words[verb] in SAY:
            said.near = verb <= clauses.NEAR_BEHIND
        return clauses.trailing(words, verb, self._names)

    def _settle(self, n: int, speaker: Speaker) -> bool:
        """Give mark n its speaker; a pronoun or a role stands for somebody named before."""
        said = self._said[n]
        pronoun = speaker.kind == "pronoun"
        if pronoun or (speaker.kind == "human" and refers(speaker.text)):
            person = self._referents.of(speaker, n, said.before)
            if person:
                said.speaker, said.basis = person, "coreference"
                return True
            if pronoun:
                return False
        said.speaker, said.basis = speaker, "explicit"
        return True

    # -- nothing beside a mark --------------------------------------------------------------

    def _go_on(self, n: int) -> None:
        """The one who spoke before mark n goes on."""
        said = self._said[n]
        previous = self._said[n - 1] if n else None
        if previous and previous.speaker and self._marks[n].continues:
            said.speaker, said.basis = previous.speaker, "continued"
        elif previous and previous.speaker and said.joined:
            said.speaker, said.basis, said.near = previous.speaker, previous.basis, previous.near
        elif not said.before and not said.partial and (found := self._adjacent(n)):
            said.speaker, said.basis = found, "adjacent"

    def _adjacent(self, n: int) -> Speaker | None:
        """Who the one or two sentences before mark n have speaking."""
        previous = self._said[n - 1] if n else None
        floor = self._marks[n - 1].close if n else 0
        at = self._marks[n].open
        for count, (start, words) in enumerate(self._page.sentences(floor, at)):
            if start == floor and previous and not is_over(self._page, self._marks[n - 1]):
                return previous.speaker
            found = reported(words, self._names)
            if not found and not count:
                found = opening(words, self._names)
                found = found if found and found.kind != "group" else None
            if found and found.kind == "pronoun":
                return self._referents.back_from(start, n, found)
            if found and (not count or self._is_person(found)):
                return found
            if count:
                return None
        # two quotations side by side; a third may be the next one's in a round-up of comments
        alone = not self._folded[floor:at].strip()
        return previous.speaker if previous and alone and previous.basis != "adjacent" else None

    def _is_person(self, found: Speaker) -> bool:
        return found.kind == "name" and self._names.is_human(found.text)

    # -- from the marks after ---------------------------------------------------------------

    def _share(self, n: int) -> None:
        """`"a" and that "b", Ruiz said`: two quotations of one sentence have one speaker."""
        said, following = self._said[n], self._said[n + 1]
        if said.speaker or following.basis not in {"explicit", "coreference"}:
            return
        if self._marks[n + 1].continues:
            said.speaker, said.basis = following.speaker, "continued"
        elif following.joined and self._tail(n)[1]:
            said.speaker, said.basis = following.speaker, following.basis
            said.near = said.near or self._marks[n + 1].close - self._marks[n].close < 80

    def _lead(self, n: int) -> None:
        """A few words of the lead that come again in the quotation of somebody named."""
        mark, said = self._marks[n], self._said[n]
        if mark.open > LEAD or not said.partial or not (said.speaker or said.near):
            return
        if said.speaker and said.speaker.kind == "name":
            return
        words = self._plain(mark)
        if words.count(" ") < 3:
            return
        for later in range(n + 1, len(self._marks)):
            speaker = self._said[later].speaker
            if speaker and speaker.kind == "name" and words in self._plain(self._marks[later]):
                said.speaker, said.basis = speaker, "lead"
                return

    def _plain(self, mark: Mark) -> str:
        """A mark's words between single spaces, in small letters, without punctuation."""
        words = WORDS.findall(self._folded[mark.start : mark.end].lower())
        return " ".join(("", *words, ""))
