"""Quotations in the body, and who is speaking.

    quote   = open , words , close ;                      (* “ ” | " " | « » | „ “ | `` '' | ‘ ’ *)
    spoken  = head , quote , [ tail ] | quote , tail ;    (* Ruiz said: "…" | "…," said Ruiz *)

    marks          pairs the marks of the page, and knows what copy does to them
    attribution    chooses the speaker of each and the basis:
      clauses        finds the verb in the words beside a quotation
      speakers       finds the verb's subject
      phrases        reads the subject as a name or a phrase
      namesakes      knows the story's people by their surnames
      referents      finds whom `he` and `the minister` mean
    quotes         leaves out what is no speech: titles, and words in doubt

A speaker that is not known is None: a wrong one is worse.
"""

from __future__ import annotations

from collections.abc import Sequence

from wiredesk.extract.attribution import Attribution
from wiredesk.extract.marks import Mark, find_marks
from wiredesk.extract.namesakes import core
from wiredesk.extract.page import Page
from wiredesk.extract.referents import Said
from wiredesk.extract.spans import Run
from wiredesk.extract.speech import BE
from wiredesk.model import Quote

#: `the so-called "caliphate"`: a name or a doubt, not speech
NAMING = frozenset(
    """so-called known dubbed titled entitled nicknamed named word words term phrase film movie book
    song album novel show series play single hit drama comedy magazine codenamed code-named
    headlined slogan self-styled self-proclaimed musical sitcom thriller sequel""".split()
)
LONGEST_TITLE = 8  # words


def read_quotes(runs: Sequence[Run]) -> tuple[Quote, ...]:
    """The quotations of the body's paragraphs, in printed order.

    `“We sail,” said Mayor Ana Ruiz.` → Quote("We sail,", "Ana Ruiz", "explicit", False, …)
    """
    if not any(_may_quote(run.folded) for run in runs):
        return ()
    page = Page(runs)
    marks = find_marks(page)
    if not marks:
        return ()
    said = Attribution(page, marks).said()
    return tuple(
        _quote(page, mark, spoken)
        for mark, spoken in zip(marks, said, strict=True)
        if spoken.basis == "lead" or not _is_scare(page.folded[mark.start : mark.end], spoken)
    )


def _may_quote(text: str) -> bool:
    if '"' in text or "«" in text or "»" in text:
        return True
    return "'" in text and (text[0] == "'" or " '" in text or "''" in text)


def _quote(page: Page, mark: Mark, said: Said) -> Quote:
    start, end = page.span(mark.start, mark.end)
    text = page.text[mark.start : mark.end].replace("\n", " ")
    speaker = said.speaker.text if said.speaker else None
    return Quote(text, speaker, said.basis, said.partial, start, end)


def _is_scare(text: str, said: Said) -> bool:
    """Whether marks stand around a title, a name or a doubted word: `the so-called "caliphate"`."""
    if said.speaker and not said.partial:
        return False
    words = text.split()
    if len(words) > LONGEST_TITLE:
        return False
    earlier, last = ["", "", *said.before[-2:]][-2:]
    last = core(last).lower()
    if last in {"as", "the", "a"} and earlier in NAMING:  # known as, the film
        last = earlier
    if last in NAMING and len(words) <= 6:
        return True
    if last == "called" and earlier in BE:
        return True
    if not said.partial and text[-1] in ".?!":
        return False
    long_words = [word for word in words if len(word) > 3]
    titled = words[0][0].isupper() and all(
        word[0].isupper() or word[0].isdigit() for word in long_words
    )
    if titled and (long_words or not said.near):
        return said.partial or not said.speaker
    return len(words) <= 2 and not said.near
