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
    closed: bool
    continues: bool = False  #: the paragraph before left its quote open
    speaker: Speaker | None = None
    basis: str = "none"
    near: bool = True  #: the speech verb stands close by


def read_quotes(runs: Sequence[Run]) -> tuple[Quote, ...]:
    """The quotations of the body's paragraphs, in printed order.

    `“We sail,” said Mayor Ana Ruiz.` → Quote("We sail,", "Ana Ruiz", "explicit", False, …)
    """
    if not any(_may_quote(run.folded) for run in runs):
        return ()
    page = Page(runs)
    marks = page.marks()
    if not marks:
        return ()
    return Attribution(page, marks).rows()
