"""The places of a dateline, as printed: split, with relation words and qualifiers apart.

    places   = [ relation , SP ] , place , { psep , [ relation , SP ] , place } ;
    psep     = "/" | " and " | " AND " | ";" ;
    place    = name , { "," , SP? , qualifier } | name , SP , "(" , qualifier , ")" ;
    relation = "ABOARD" | "ON BOARD" | "NEAR" | "OUTSIDE" | "ON THE" | "OFF" | "OVER" | … ;

The whole is tried before it is split: `DALLAS/FORT WORTH` and `TRINIDAD AND TOBAGO` are one place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wiredesk.places import Gazetteer

SEPARATOR = re.compile(r"\s*/\s*|\s+(?:and|AND|&)\s+|\s*;\s*")
RELATION = re.compile(
    r"(?P<relation>ON BOARD(?: THE)?|ABOARD(?: THE)?|NEAR|OUTSIDE|ON THE|OFF|OVER|ALONG(?: THE)?|"
    r"WITH|EN ROUTE TO|INSIDE|AT|IN|EAST OF|WEST OF|NORTH OF|SOUTH OF)\s+(?=\S)",
    re.IGNORECASE,
)
NAME = re.compile(r"^[^\W\d_][\w.'’ -]*(?:\([^()]{2,30}\))?\.?$")
WORDS_AT_MOST = 6  # `ABOARD THE USS HARRY S. TRUMAN`; longer runs of capitals are headlines
#: fields end at commas, and at a stop typed for one: `CALGARY. Alberta`, but not `ST. LOUIS`
FIELD = re.compile(r"(?:[^,.]|\.(?! [A-Z][a-z])|(?<![A-Z]{4})\.)+")
WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
BRACKETED = re.compile(r"^(?P<name>.+?)\s*\((?P<qualifier>[^()]{2,40})\)$")


@dataclass(frozen=True, slots=True)
class Printed:
    """Offsets of a place's name and of its qualifier, in the text that was read."""

    start: int
    end: int
    qualifier: tuple[int, int] | None
    relation: str | None


def read_places(
    text: str, start: int, stop: int, gazetteer: Gazetteer, trusted: bool
) -> tuple[Printed, ...]:
    """The places in `text[start:stop]`; empty if any piece of it does not read as a place.

    `trusted` copy has an agency's mark (or is of an agency whose datelines take any case): there
    a name in capitals may be unknown to the gazetteer, villages are.
    """
    places: list[Printed] = []
    for s, e in _pieces(text, start, stop, gazetteer):
        read = _piece(text, s, e, gazetteer, trusted)
        if not read:
            return ()
        places.extend(read)
    return tuple(places)


def _pieces(text: str, start: int, stop: int, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    whole = text[start:stop].strip(" ,")
    separators = list(SEPARATOR.finditer(text, start, stop))
    if not separators or gazetteer.is_place(whole):
        return [(start, stop)]
    pieces: list[tuple[int, int]] = []
    at = start
    for n, separator in enumerate(separators):
        # `SARAJEVO, Bosnia and Herzegovina`: the separator stands inside a qualifier
        field = text.rfind(",", at, separator.start()) + 1
        beyond = text.find(",", separator.end(), stop)
        if field and gazetteer.qualifier(text[field : beyond if beyond > 0 else stop].strip(" ,")):
            continue
        following = separators[n + 1].start() if n + 1 < len(separators) else stop
        # one place with a separator inside, beside others: `LONDON/DALLAS/FORT WORTH`
        if gazetteer.is_place(text[at:following].strip(" ,")):
            continue
        pieces.append((at, separator.start()))
        at = separator.end()
    pieces.append((at, stop))
    return pieces


def _piece(text: str, start: int, stop: int, gazetteer: Gazetteer, trusted: bool) -> list[Printed]:
    """`NAME, qualifier, qualifier`, or a list of places with commas between them."""
    while start < stop and text[start] in " ,":
        start += 1
    while stop > start and text[stop - 1] in " ,":
        stop -= 1
    relation = None
    worded = RELATION.match(text, start, stop)
    if worded and not gazetteer.is_place(text[start:stop]):
        relation = re.sub(r"\s+the$", "", " ".join(worded["relation"].lower().split()))
        start = worded.end()
    bracketed = BRACKETED.match(text[start:stop])
    # no name in capitals tells an unknown qualifier where letters have no case: `ديجون (فرنسا)`
    caseless = trusted and text[start:stop].upper() == text[start:stop].lower()
    if bracketed and (caseless or gazetteer.qualifier(bracketed["qualifier"])):
        within = (start + bracketed.start("qualifier"), start + bracketed.end("qualifier"))
        end = start + bracketed.end("name")
        return [Printed(start, end, within, relation)] if _is_name(text, start, end) else []
    fields = _fields(text, start, stop)
    places: list[Printed] = []
    n = 0
    while n < len(fields):
        name_start, name_end = fields[n]
        name = text[name_start:name_end]
        if not _is_name(text, name_start, name_end) and not gazetteer.is_place(name):
            return []
        n += 1
        first = n
        while n < len(fields) and _qualifies(name, text[slice(*fields[n])], gazetteer):
            n += 1
        qualifier = (fields[first][0], fields[n - 1][1]) if n > first else None
        if not _acceptable(name, text, qualifier, gazetteer, trusted):
            return []
        places.append(Printed(name_start, name_end, qualifier, None if places else relation))
    return places


def _fields(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    fields: list[tuple[int, int]] = []
    for field in FIELD.finditer(text[start:stop]):
        stripped = field[0].strip()
        if stripped and not WEEKDAY.fullmatch(stripped):  # OSLO, Norway, Tuesday (AP)
            s = start + field.start() + len(field[0]) - len(field[0].lstrip())
            fields.append((s, s + len(stripped)))
    return fields


def _is_name(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    return bool(NAME.match(name)) and len(name.split()) <= WORDS_AT_MOST and len(name) > 1


def _qualifies(name: str, field: str, gazetteer: Gazetteer) -> bool:
    """Whether `field` says where `name` is, rather than being a place beside it.

    `PARIS, LONDON` are two; `MEXICO CITY, Mexico`, `ROANOKE, VA.`, `QINGHAI, LEDU COUNTY` are one.
    """
    if gazetteer.qualifier(field):
        return True
    if re.search(
        r"\b(?:county|province|state|island|islands|region|district|republic)\b",
        field,
        re.IGNORECASE,
    ):
        return True
    # a mixed-case field after a name in capitals is a qualifier that the gazetteer does not have
    unknown = name.upper() == name and field.upper() != field and not gazetteer.is_place(field)
    return unknown and not re.search(r"[\d()]", field)


def _acceptable(
    name: str,
    text: str,
    qualifier: tuple[int, int] | None,
    gazetteer: Gazetteer,
    trusted: bool,
) -> bool:
    if gazetteer.is_place(name):
        return True
    if qualifier and gazetteer.qualifier(
        text[slice(*qualifier)].rsplit(",", maxsplit=1)[-1].strip()
    ):
        return True
    return trusted and name.upper() == name and any(c.isalpha() for c in name)
