"""A dateline that the format keeps apart from the copy: `<dateline>Nairobi, Jan. 5</dateline>`.

It is read by the grammar of printed ones.  As nothing but a dateline should stand there it need
not be in capitals, nor its place be known, so long as it has a dateline's form: an agency's mark
(`Hoffenheim (dpa) -`), a name that places have, or

    form  = words , [ "," , SP , date ] ;                (* the date, or the agency is known *)
    words = word , { "/" , word } ;                       (* Strandvik/Haag; Landivar, 4 mai *)

The same field holds dates alone (`4/4/2018`), names of people and whole captions: no dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from wiredesk.agencies.grammar import Grammar
from wiredesk.extract import dates
from wiredesk.extract.dateline import Found, find_dateline
from wiredesk.extract.spans import Run
from wiredesk.model import DatelinePlace, Para
from wiredesk.places import Gazetteer

LONGEST = 120  # characters; the longest of 149,000 printed datelines has 95
CLOSING = re.compile(r"(?:(?<=\))[.:])?[\s=_\u2010-\u2015-]*$")
#: what the places end at: `Nairobi, Kenya`, `Nairobi (AP)`, `Nairobi Jan. 5`
PLACE_END = re.compile(r",|\(|\s/|\d|\s(?=[A-Z][a-z]{2,8}\.?\s+\d)|$")
FORM = re.compile(
    r"(?P<words>[^\W\d_][\w'’.-]+(?:\s?/\s?[^\W\d_][\w'’.-]+)*)(?:,?\s+(?P<date>.+))?"
)
#: days and what stands for a place that is none
NO_PLACE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|unknown|none|various|online|web", re.IGNORECASE
)


def read_apart(
    raw: str, grammar: Grammar, gazetteer: Gazetteer, version_time: datetime | None
) -> Found | None:
    """The dateline of a field, at offsets 0 to 0; None where it has not the form of one."""
    text = " ".join(CLOSING.sub("", raw).split())
    if not text or len(text) > LONGEST:
        return None
    for printed, trusted in _printed(text, grammar):
        # the grammar wants a dash and a lead behind it
        run = Run(Para(printed, printed, 0), None)
        found = find_dateline(run, grammar, gazetteer, version_time)
        if found and not found.before and (trusted or _is_known(found, gazetteer)):
            places = _as_given(text, found.dateline.places)
            dateline = replace(
                found.dateline, raw=text, start=0, end=0, rule="apart", places=places
            )
            given = {
                old.raw: new.raw for old, new in zip(found.dateline.places, places, strict=True)
            }
            issues = tuple(
                replace(issue, detail=given.get(issue.detail or "", issue.detail))
                for issue in found.issues
            )
            return replace(found, dateline=dateline, lead=0, issues=issues)
    return None


def _is_known(found: Found, gazetteer: Gazetteer) -> bool:
    """Whether the mark or the names are known; `Ada J. Heron, Kansas` has but a known state."""
    places = found.dateline.places
    if found.grammar or any(place.place_id for place in places):
        return bool(places)
    return bool(places) and all(gazetteer.is_place(place.raw) for place in places)


def _printed(text: str, grammar: Grammar) -> Iterator[tuple[str, bool]]:
    """The field as a dateline would be printed, as it stands and in capitals; is it one by form?"""
    yield f"{text} - The", False
    end = PLACE_END.search(text)
    upper = text[: end.start()].upper() + text[end.start() :] if end else text.upper()
    if upper != text:
        yield f"{upper} - The", False
    form = FORM.fullmatch(text)
    if not form or NO_PLACE.fullmatch(form["words"]) or form["words"].lower() in dates.MONTHS:
        return
    dated = bool(form["date"] and dates.LAST_DATE.match(form["date"]))
    if dated or (grammar.key and not form["date"]):
        # `()` is a mark that names no agency: what stands before it is believed to be places
        yield f"{text.replace(form['words'], form['words'].upper(), 1)} () - The", True


def _as_given(text: str, places: tuple[DatelinePlace, ...]) -> tuple[DatelinePlace, ...]:
    """The places with their names as the field has them, not in capitals."""
    given: list[DatelinePlace] = []
    at = 0
    for place in places:
        # `STRASSBURG` was `Straßburg`
        pattern = "(?:ss|ß)".join(map(re.escape, re.split("ss", place.raw, flags=re.IGNORECASE)))
        found = re.compile(pattern, re.IGNORECASE).search(text, at)
        at = found.end() if found else at
        given.append(replace(place, raw=found[0]) if found else place)
    return tuple(given)
