"""Whom a pronoun or a role stands for: `he` and `the trader` after `Bo Lund, a trader, said no`.

    he, she    the last person of that sex who spoke, or with whom a sentence opened
    they       the last group, or several people without names
    it         the last group
    a role     whoever was quoted in it; else the last person

Looked for from the quotation back over four others and six sentences.  A company or a city is
nobody's `he`; where nobody fits, None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wiredesk.extract.marks import Mark
from wiredesk.extract.namesakes import Names
from wiredesk.extract.page import WINDOW, Page
from wiredesk.extract.phrases import Speaker, is_plural
from wiredesk.extract.speakers import introduced, opening, reported
from wiredesk.extract.speech import ANONYMOUS, HUMANS, PLURAL

MARKS_BACK = 4
SENTENCES_BACK = 6
ROLES_BACK = 12  # quotations


@dataclass(slots=True)
class Said:
    """What is known of one quotation, beside where it stands."""

    before: list[str]  #: the words of its sentence before it
    joined: bool  #: the quotation before stands in the same sentence
    partial: bool = False  #: less than a sentence
    speaker: Speaker | None = None
    basis: str = "none"
    by_tail: bool = False  #: its speaker stands after it
    near: bool = False  #: a verb of speech stands close by


def refers(phrase: str) -> bool:
    """Whether a phrase needs somebody named before it: `the minister`."""
    words = phrase.split()
    return words[0] == "the" and len(words) <= 3 and words[-1].lower() in HUMANS


def is_over(page: Page, mark: Mark) -> bool:
    """Whether a quotation ends its sentence: `"We sail." Ruiz said nothing more.`"""
    behind = page.folded[mark.close : mark.close + 2].strip()
    return page.folded[mark.end - 1] in ".?!" and not behind[:1].islower()


class Referents:
    """Looks back over a page, and over what its quotations were found to be so far."""

    def __init__(
        self, page: Page, marks: Sequence[Mark], said: Sequence[Said], names: Names
    ) -> None:
        self._page = page
        self._marks = marks
        self._said = said
        self._names = names
        self._gender: dict[str, str] = {}

    def of(self, speaker: Speaker, n: int, before: list[str]) -> Speaker | None:
        """Whom the speaker of mark n means, with `before` its sentence up to it."""
        if speaker.kind == "human":  # `the trader` after `a trader at Kelp Bank`
            for said in reversed(self._said[max(0, n - ROLES_BACK) : n]):
                role = said.speaker if said.speaker and said.speaker.kind == "human" else None
                if self._fits(role, speaker):
                    return role
        at = self._marks[n].open
        if before:
            names = self._names
            nearest = reported(before, names, pronouns=False) or opening(before, names)
            if self._fits(nearest, speaker):
                return nearest
            at = self._page.sentence_start(max(0, at - WINDOW), at)
        return self.back_from(at, n, speaker)

    def back_from(self, at: int, n: int, speaker: Speaker) -> Speaker | None:
        """Whom a pronoun or role at `at`, after the marks before mark n, means."""
        for m in range(n - 1, max(-2, n - 1 - MARKS_BACK), -1):
            if found := self._between(m, at, speaker):
                return found
            if m < 0:
                return None
            last = self._said[m].speaker
            if self._fits(last, speaker, spoke=True):
                return last
            at = self._marks[m].open
        return None

    def _between(self, m: int, at: int, speaker: Speaker) -> Speaker | None:
        """Somebody who fits in the sentences from mark m to `at`, the last sentence first."""
        floor = self._marks[m].close if m >= 0 else 0
        for count, (start, words) in enumerate(self._page.sentences(floor, at)):
            if count > SENTENCES_BACK:
                return None
            if start == floor and m >= 0 and not is_over(self._page, self._marks[m]):
                return None
            found = reported(words, self._names, pronouns=False)
            if self._fits(found, speaker, spoke=True):
                return found
            found = opening(words, self._names) or introduced(words, self._names)
            if self._fits(found, speaker):
                return found
        return None

    def _fits(self, found: Speaker | None, speaker: Speaker, spoke: bool = False) -> bool:
        """Whether a pronoun or role can mean somebody; one who `spoke` needs no other proof.

        Somebody who was `she` once is `he` no more.
        """
        if not found or found.kind == "pronoun":
            return False
        if speaker.kind == "human":
            return self._has_role(found, speaker.text.rpartition(" ")[2])
        fits = self._answers(found, "he" if speaker.text == "him" else speaker.text, spoke)
        if fits and speaker.text in {"he", "she"}:
            self._gender.setdefault(found.text, speaker.text)
        return fits

    def _has_role(self, found: Speaker, role: str) -> bool:
        if found.kind == "name":
            return role not in ANONYMOUS and self._names.is_human(found.text)
        return role in found.text.split() and not refers(found.text)

    def _answers(self, found: Speaker, pronoun: str, spoke: bool) -> bool:
        if pronoun in PLURAL:
            several = found.text.endswith("s") or " and " in found.text
            return is_plural(found.text) or (found.kind == "group" and several)
        if pronoun == "it":
            return found.kind == "group"
        if not pronoun:  # `"Ya basta", dijo.`
            return True
        if found.kind == "human":
            return not is_plural(found.text) and not found.text.startswith("the ")
        human = (spoke and " " in found.text) or self._names.is_human(found.text)
        known = self._gender.get(found.text, pronoun) == pronoun
        return found.kind == "name" and known and human
