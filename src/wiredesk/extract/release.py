"""The foot of a press release: whom to ask, below the copy, with a label or without.

    foot    = { label | [ name ] , [ house ] , contact , { contact } } ;
    label   = [ "Media" | "Investor" | … ] , "contact" , [ "s" ] , [ ":" ] ;
    contact = a short line with an e-mail address or a telephone number, and no sentence ;
    name    = house = a short line without a stop at its end ;

`Skarrhavn Kelp⏎Eva Tarn, 555-010-0199 eva@kelp.example`: a release would else end in them.
"""

from __future__ import annotations

import re

from wiredesk.extract.spans import Run
from wiredesk.extract.tail import Tail
from wiredesk.extract.trailers import EMAIL, PHONE, read_contacts

MOST_LINES = 24
LONGEST_CONTACT = 200
LONGEST_NAME = 48
LABEL = re.compile(r"(?i:.{0,40}\bcontacts?(?: information)?\s*:?)$")
#: with its label; the cells of a table are long numbers too
NUMBER = re.compile(
    r"(?:\b(?i:tel|phone|mobile|mob|cell|fax)|电话|電話)\D{0,12}(?:\d[\s().-]{0,3}){7,}"
)
NAMED = re.compile(r"[A-Z][\w.'-]+ [A-Z][\w.'-]+,")
SENTENCE = re.compile(r"[.?!]\s+[A-Z]\w+ [a-z]+ [a-z]+|[a-z]{3,}[.?!]$")


def take_contacts(tail: Tail) -> None:
    """Take the contacts off the end of a release's copy; with none there, take nothing."""
    taken, wanted = 0, 2  # lines; names that may stand above what was taken last
    for n, run in enumerate(reversed(tail.runs[-MOST_LINES:]), 1):
        if run.heading:
            break
        if taken and LABEL.match(run.folded):
            taken, wanted = n, 0
        elif _is_contact(run.folded):
            # `Eva Tarn, 555-010-0199` wants but a house above it
            taken, wanted = n, 1 if NAMED.match(run.folded) else 2
        elif _is_name(run) and wanted:
            wanted -= 1
            # a name belongs to the contact below it, which may have gone with the closing lines
            if taken or tail.contacts:
                taken = n
        else:
            break
    for _ in range(taken):
        run = tail.runs.pop()
        tail.contacts[:0] = read_contacts(run.folded)[0]
        tail.add("trailer", run)


def _is_contact(folded: str) -> bool:
    if len(folded) > LONGEST_CONTACT or SENTENCE.search(folded):
        return False
    return bool(EMAIL.search(folded) or PHONE.search(folded) or NUMBER.search(folded))


def _is_name(run: Run) -> bool:
    text = run.folded
    if len(text) > LONGEST_NAME or text[0].islower() or text[-1] in ".?!;:,":
        return False
    return not any(c.isdigit() or c == "|" for c in text)  # a row of a table
