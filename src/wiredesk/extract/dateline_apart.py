"""A dateline that the format keeps apart from the copy: `<dateline>Nairobi, Jan. 5</dateline>`.

It is read by the grammar of printed ones.  As nothing but a dateline should stand there it need
not be in capitals, but its place must be known: the same field holds dates alone (`4/4/2018`),
names of people and whole captions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from wiredesk.agencies.grammar import Grammar
from wiredesk.extract.dateline import Found, find_dateline
from wiredesk.extract.spans import Run
from wiredesk.model import Para
from wiredesk.places import Gazetteer

LONGEST = 120  # characters; the longest of 149,000 printed datelines has 95
CLOSING = re.compile(r"(?:(?<=\))[.:])?[\s=_\u2010-\u2015-]*$")
#: what the places end at: `Nairobi, Kenya`, `Nairobi (AP)`, `Nairobi Jan. 5`
PLACE_END = re.compile(r",|\(|/|\d|\s(?=[A-Z][a-z]{2,8}\.?\s+\d)|$")


def read_apart(
    raw: str, grammar: Grammar, gazetteer: Gazetteer, version_time: datetime | None
) -> Found | None:
    """The dateline of a field, at offsets 0 to 0; None where it names no place that is known."""
    text = " ".join(CLOSING.sub("", raw).split())
    if not text or len(text) > LONGEST:
        return None
    for printed in _printed(text):
        # the grammar wants a dash and a lead behind it
        run = Run(Para(printed, printed, 0), None)
        found = find_dateline(run, grammar, gazetteer, version_time)
        if found and not found.before and any(p.place_id for p in found.dateline.places):
            dateline = replace(found.dateline, raw=text, start=0, end=0, rule="apart")
            return replace(found, dateline=dateline, lead=0)
    return None


def _printed(text: str) -> Iterator[str]:
    yield f"{text} - The"
    end = PLACE_END.search(text)
    upper = text[: end.start()].upper() + text[end.start() :] if end else text.upper()
    if upper != text:
        yield f"{upper} - The"
