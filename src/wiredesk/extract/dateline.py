"""Datelines: where, when and for whom, in the first line of the copy.

    dateline = [ residue ] , family ;
    residue  = "****" | furniture ;                         (* Print, Tweet, Close *)
    F1  = places , [ dsep , date ] , SP? , "(" , agency , ")" , SP? , dash ;   (* most agencies *)
    F2  = [ date , SP ] , "(" , agency , ")" , SP? , [ dash ] ;                (* no place *)
    F3  = places , dsep , date , [ ", Reuter" ] , SP , dash ;                  (* unmarked *)
    F4  = "(" , agency , ")" , SP , dash , SP , places , dsep , date , SP , dash ;     (* ANSA *)
    F5  = places , dsep , date , ["."] , SP , "/" , agency , "/" , ( dash | "." ) ;    (* TASS *)
    F6  = places , dsep , date , SP , agency , SP , dash ;                     (* Kyodo *)
    F7  = places , [ dsep , date ] , SP , "(" , agency , ")" , SP ;            (* IANS, PTI *)
    F8  = places , dsep , date , SP , "(" , agency , ").-" ;                   (* EFE *)
    F9  = places , "--(" , agency , ")--" , [ date , "--" ]                    (* Business Wire *)
        | places , SP , "(" , agency , ")" , SP , date , [ dash ] ;            (* PRWeb *)
    F10 = places , SP , dash ;                                                 (* TOKYO - *)
    F0  = places , dsep , date ;                  (* agency and dash lost; an issue says so *)
    dash = "-" | "--" | "_" | ":" ;               (* long dashes are folded to "-" *)

A mark alone proves nothing: `The Alliance for Public Airwaves (AP) - a lobby` has one too.  The
words before it must read as places (extract/dateline_places.py), or there is no dateline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from wiredesk.agencies import MARKS
from wiredesk.agencies.grammar import Grammar
from wiredesk.extract import dates
from wiredesk.extract.dateline_places import Printed, read_places
from wiredesk.extract.spans import Run
from wiredesk.model import Dateline, DatelinePlace, Issue, PartialDate
from wiredesk.places import Gazetteer

WINDOW = 400  # characters in which a dateline is looked for; notes and bylines may stand before it
UNMARKED_WINDOW = 120  # places and a date alone must open the paragraph

_FURNITURE = (
    r"Share on LinkedIn Share on Reddit Share on Google\+ E-mail|Reddit Email Print Reprint|"
    r"Content preferences Done|View (?:photo|gallery) \.|Reprints?|Print|Tweet|Close|Done|"
    r"Photo|Email|Comments?|Associated Press(?: -)?|Canadian Press(?: -)?"
)
RESIDUE = re.compile(rf"^(?:\*{{2,}}\s*|(?:{_FURNITURE})\s+(?=[A-Z(])|[c\d] (?=[A-Z]{{3}}))+")
MARK = re.compile(r"\(\s*([^()]{0,40}?)\s*\)")
AFTER_MARK = re.compile(r"\s*(?P<dash>\.-|--?|_|:|,(?=\s+[A-Z])|\.(?=\s+[\"A-Z]))(?P<more>\s*-)?")
SLASH = re.compile(r"/\s*(?P<mark>[A-Za-z][\w .-]{1,40}?)\s*/(?P<end>\.|\s*--?|:(?=\s))?")
BARE_OPENING = re.compile(r"(?P<mark>[A-Z][A-Za-z]{1,9}) - (?=[\"']?[A-Z])")
ISO_AT = re.compile(rf"(?<=\s){dates.ISO_DATE.pattern}")
DATE_BEFORE = re.compile(rf"[\s,]{dates.DATE}\s*$")
WEEKDAY = re.compile(r"(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY,?\s*$", re.IGNORECASE)
DATE_AT = re.compile(rf"(?:^|(?<=[\s,/]))(?:on\s+)?{dates.DATE}")
AFTER_DATE = re.compile(
    r"\s*[.,]?\s*(?:\(?Reuters?\)?\s*)?(?P<dash>--?|_|:(?=\s))(?=[\s\"'(A-Z0-9]|$)", re.IGNORECASE
)
BARE_MARK = re.compile(
    r"[.,]?\s+(?P<mark>[A-Za-z][A-Za-z]{1,11}(?: [A-Z][a-z]+)?)\s*(?P<dash>--?|:)(?=\s)"
)
ANSA_TAIL = re.compile(
    rf"\s*-\s*(?P<places>(?:[^-]|(?<=\w)-(?=\w)){{2,80}}?)[,\s]+{dates.DATE}\s*(?P<dash>--?)"
)
WIRE_DATE = re.compile(rf"\s*--?\s*{dates.DATE}\s*--?")
PRWEB_DATE = re.compile(rf"\s+{dates.DATE}(?:\s*--?)?")
F10_DASH = re.compile(r"\s(--?|_)\s(?=[\"'(]?[A-Z0-9])")
#: `Aug 21 The following are …`: a date alone is believed before a sentence's plainest openings
DATE_THEN_SENTENCE = re.compile(r"\s+(?:The|A|An|In|On|U\.S\.|Following|These|This|At|It)\s+[a-z]")
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'.-]+"
MIXED = re.compile(rf"{_CAPITAL}(?:[ /]{_CAPITAL}){{0,3}}")
NO_PLACE = re.compile(
    r"^(?:FACTBOX|KEY POINTS|SUMMARY|HIGHLIGHTS|TABLE|UPDATE|NOTE)\b", re.IGNORECASE
)
STARTS_SENTENCE = re.compile(r"[\s]+[\"'(]?[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline, what stood before it (a byline, or nothing), and where the lead starts."""

    dateline: Dateline
    before: int  #: length of what stands before the dateline
    lead: int
    grammar: Grammar | None  #: of the mark
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What one family read: everything but the resolution of places and date."""

    rule: str
    start: int
    end: int
    places: tuple[Printed, ...]
    date: re.Match[str] | None = None
    grammar: Grammar | None = None
    co_source: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def find_dateline(
    run: Run,
    grammar: Grammar,
    gazetteer: Gazetteer,
    version_time: datetime | None,
) -> Found | None:
    """The dateline of a paragraph, or None; never an invented one.

    `run` is a paragraph from which notes and a byline of its own have been taken.
    """
    head = run.folded[:WINDOW]
    residue = RESIDUE.match(head)
    at = residue.end() if residue else 0
    read = (
        _marked(head, at, gazetteer)
        or _slashed(head, at, gazetteer)
        or _bare(head, at)
        or _dated(head, at, grammar, gazetteer)
        or _dashed(head, at, gazetteer)
    )
    if read is None:
        return None
    return _resolve(run, read, residue, grammar, gazetteer, version_time)


def _resolve(
    run: Run,
    read: _Read,
    residue: re.Match[str] | None,
    grammar: Grammar,
    gazetteer: Gazetteer,
    version_time: datetime | None,
) -> Found:
    issues = list(read.issues)
    date: PartialDate | None = None
    if read.date:
        date, odd = dates.resolve(read.date, version_time)
        issues.extend(odd)
    if residue and any(c.isalpha() for c in residue[0]):
        issues.append(Issue("furniture_removed", residue[0].strip()))
    owner = read.grammar or grammar
    places = tuple(_place(run, printed, read.end, owner, gazetteer) for printed in read.places)
    issues.extend(Issue("place_ambiguous", p.raw) for p in places if p.method == "ambiguous")
    issues.extend(Issue("place_unknown", p.raw) for p in places if p.method == "unknown")
    start, end = run.span(read.start, read.end)
    raw = run.text[read.start : read.end].strip()
    agency = owner.name if read.grammar or grammar.any_case else None
    relation = next((p.relation for p in read.places if p.relation), None)
    dateline = Dateline(
        raw, agency or None, relation, date, places, start, end, read.co_source, read.rule
    )
    before = read.start if not residue or read.start > residue.end() else 0
    return Found(dateline, before, read.end, read.grammar, tuple(issues))


def _place(
    run: Run, printed: Printed, lead: int, grammar: Grammar, gazetteer: Gazetteer
) -> DatelinePlace:
    raw = run.text[printed.start : printed.end]
    qualifier = run.text[printed.qualifier[0] : printed.qualifier[1]] if printed.qualifier else None
    known = gazetteer.resolve(raw, qualifier, home=grammar.home)
    if known.method == "ambiguous":  # `BIRMINGHAM`: the lead may name the country
        named = gazetteer.country_named(run.text[lead : lead + WINDOW])
        known = gazetteer.resolve(raw, qualifier, evidence=named, home=grammar.home)
    return DatelinePlace(
        raw,
        qualifier,
        known.name,
        known.admin1,
        known.country,
        known.lat,
        known.lon,
        known.place_id,
        known.method,
        known.confidence,
        printed.relation,
    )


def _agency(mark: str) -> tuple[Grammar, tuple[str, ...]] | None:
    """The grammar that a mark names, and the partners named with it: `tca/dpa`, `Reuters/IFR`."""
    folded = " ".join(mark.casefold().split())
    if folded in MARKS:
        return MARKS[folded], ()
    names = [name for name in re.split(r"[/+,&]|\s(?:on|and|via)\s|\s-\s", mark) if name.strip()]
    known = [MARKS[n] for name in names if (n := name.strip().casefold()) in MARKS]
    if not known:
        return None
    others = tuple(n.strip() for n in names if MARKS.get(n.strip().casefold()) is not known[0])
    return known[0], tuple(
        o for o in others if not re.match(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$", o)
    )


def _marked(head: str, at: int, gazetteer: Gazetteer) -> _Read | None:
    """F1, F2, F4, F7, F8 and F9: an agency in parentheses."""
    for mark in MARK.finditer(head, at):
        named = _agency(mark[1])
        if named is None and mark[1] and not DATE_BEFORE.search(head, at, mark.start()):
            continue
        grammar, partners = named or (None, ())
        prefix = head[at : mark.start()].rstrip()
        after = AFTER_MARK.match(head, mark.end())
        if named and not prefix and (ansa := ANSA_TAIL.match(head, mark.end())):
            places = read_places(head, ansa.start("places"), ansa.end("places"), gazetteer, True)
            if places:
                return _Read("F4", at, ansa.end(), places, ansa, grammar, partners)
        glued = prefix.endswith("--")
        date = dates.LAST_DATE.search(prefix.rstrip("-")) or dates.NUMERIC_DATE.search(prefix)
        stop = at + (date.start() if date else len(prefix.rstrip("- ")))
        opened = _open(head, at, stop, gazetteer)
        if opened is None and grammar and grammar.mixed and _before_sentence(head, after):
            opened = _mixed(head, at, stop, gazetteer)
        garbled = dates.GARBLED.search(prefix) if opened is None and named else None
        if garbled and (places := read_places(head, at, at + garbled.start(), gazetteer, True)):
            odd = (Issue("dateline_bad_date", garbled[0].strip(" ,")),)
            end = after.end() if after else mark.end()
            return _Read("F1", at, end, places, None, grammar, partners, odd)
        if opened is None and named and dates.is_month_like(prefix):
            odd = (Issue("dateline_bad_date", prefix),)
            end = after.end() if after else mark.end()
            return _Read("F2", at, end, (), None, grammar, partners, odd)
        if opened is None:
            continue
        start, places = opened
        rule = "F1" if places else "F2"
        end = after.end() if after and after["dash"] != "," else mark.end()
        if glued and (dated := WIRE_DATE.match(head, mark.end())):
            return _Read("F9", start, dated.end(), places, dated, grammar, partners)
        if places and (dated := PRWEB_DATE.match(head, mark.end())):
            return _Read("F9", start, dated.end(), places, dated, grammar, partners)
        if named is None and not (places and after and prefix and (date or not mark[1])):
            continue  # `()` or an unknown mark is believed only between a place and a dash
        if after and after["dash"] == "." and not places:
            continue
        if after is None or after["dash"] == ",":
            # no dash: F7, `(Bloomberg) text`; a mark in mid-sentence has words before it
            if not STARTS_SENTENCE.match(head, mark.end()):
                continue
            rule = "F7"
        if not places and not date and start:
            # only residue or a byline may precede `(Reuters) -`
            rule = "F2"
        return _Read(rule, start, end, places, date, grammar, partners)
    return None


def _open(
    head: str, at: int, stop: int, gazetteer: Gazetteer
) -> tuple[int, tuple[Printed, ...]] | None:
    """Where the dateline starts before `stop`, and its places; None if the words are no places.

    A byline may be fused before it: `By Ilse Marchetti and Tom Obuya NAIROBI (Reuters) -`.
    """
    text = head[at:stop].rstrip(" ,")
    if not text.strip():
        return at, ()
    start = at + len(text) - len(text.lstrip())
    stop = at + len(text)
    if WEEKDAY.match(text.strip()):  # FRIDAY, Dec. 7, 2018 (HealthDay News) --
        return start, ()
    places = read_places(head, start, stop, gazetteer, True)
    if places:
        return start, places
    if not re.match(r"\(?by\s", head[start:stop], re.IGNORECASE):
        return None
    unknown: tuple[int, tuple[Printed, ...]] | None = None
    for word in re.finditer(r"(?<=\s)\S", head[start:stop]):
        from_here = start + word.start()
        places = read_places(head, from_here, stop, gazetteer, True)
        if not places or re.search(r"\b(?:and|by)\s*$", head[start:from_here], re.IGNORECASE):
            continue
        if all(gazetteer.is_place(head[p.start : p.end]) for p in places):
            return from_here, places
        unknown = unknown or (from_here, places)
    if unknown:
        return unknown
    # `By Wang Fang(Reuters) -`: a byline and a mark without a place
    return stop, ()


def _before_sentence(head: str, after: re.Match[str] | None) -> bool:
    return bool(after and STARTS_SENTENCE.match(head, after.end()))


def _mixed(
    head: str, at: int, stop: int, gazetteer: Gazetteer
) -> tuple[int, tuple[Printed, ...]] | None:
    """A village before the mark of an agency that prints no capitals: `Strandvikhausen (dpa) -`."""
    if not MIXED.fullmatch(head[at:stop].strip(" ,")):
        return None
    capitals = "".join(c.upper() if len(c.upper()) == 1 else "ẞ" for c in head[:stop])
    places = read_places(capitals, at, stop, gazetteer, True)
    return (at, places) if places else None


def _slashed(head: str, at: int, gazetteer: Gazetteer) -> _Read | None:
    """F5: `/PRNewswire/ --`, `/TASS/.`"""
    for mark in SLASH.finditer(head, at):
        named = _agency(mark["mark"])
        if named is None:
            continue
        prefix = head[at : mark.start()].rstrip(" .")
        date = dates.LAST_DATE.search(prefix)
        stop = at + (date.start() if date else len(prefix))
        opened = _open(head, at, stop, gazetteer)
        if opened is None and named[0].mixed and mark["end"]:
            opened = _mixed(head, at, stop, gazetteer)
        if opened and (opened[1] or date):
            start, places = opened
            return _Read("F5", start, mark.end(), places, date, named[0], named[1])
    return None


def _bare(head: str, at: int) -> _Read | None:
    """F2 without parentheses: `AP - Stocks rose`, in summaries of the web's first years."""
    mark = BARE_OPENING.match(head, at)
    named = _agency(mark["mark"]) if mark else None
    if not mark or not named or mark["mark"] not in named[0].marks:
        return None
    return _Read("F2", at, mark.end(), (), None, named[0])


def _dated(head: str, at: int, grammar: Grammar, gazetteer: Gazetteer) -> _Read | None:
    """F3, F6 and F0: places and a date, with a bare agency, a dash, or neither."""
    iso = ISO_AT.search(head[:UNMARKED_WINDOW], at)
    if iso:  # `BRUSSELS 1996-08-22`
        stop = at + len(head[at : iso.start()].rstrip(" ,"))
        places = read_places(head, at, stop, gazetteer, False) if stop > at else ()
        date = dates.ISO_DATE.match(head, iso.start())
        if date and places and _firm(head, places, gazetteer):
            return _Read("F3", at, date.end(), places, date)
    for date in DATE_AT.finditer(head[:UNMARKED_WINDOW], at):
        stop = date.start()
        if re.match(r"\(?by\s", head[at:stop], re.IGNORECASE):
            opened = _open(head, at, stop, gazetteer)
            start, places = opened or (at, ())
        else:
            start = at
            text = head[at:stop].rstrip(" ,")
            places = (
                read_places(head, at, at + len(text), gazetteer, grammar.any_case) if text else ()
            )
            if text and not places:
                continue
        dash = AFTER_DATE.match(head, date.end())
        if dash:
            if places or _date_opens(head, date, dash):
                return _Read("F3", start, dash.end(), places, date)
            continue
        bare = BARE_MARK.match(head, date.end())
        named = _agency(bare["mark"]) if bare else None
        if bare and named and places:
            return _Read("F6", start, bare.end(), places, date, named[0], named[1])
        if (
            places
            and re.match(r"[,.]?\s+[\"']?[A-Z]", head[date.end() :])
            and _firm(head, places, gazetteer)
        ):
            lost = Issue("dateline_no_terminator", head[start : date.end()])
            return _Read("F0", start, date.end(), places, date, issues=(lost,))
        if start == stop == at and DATE_THEN_SENTENCE.match(head, date.end()):
            lost = Issue("dateline_no_terminator", head[start : date.end()])
            return _Read("F0", start, date.end(), (), date, issues=(lost,))
        return None
    return None


def _date_opens(head: str, date: re.Match[str], dash: re.Match[str]) -> bool:
    """A date and a dash alone are a dateline only before a sentence: `May 10 - Freddy roped`.

    `November 2, 2007: An emergency meeting` and `JAN 27-28` are entries of a chronology.
    """
    printed = dates.parts(date)[2] is None and dash["dash"] != ":" and dash[0][0].isspace()
    return printed and bool(re.match(r"\s+[\"'(]?[A-Z]", head[dash.end() :]))


def _firm(head: str, places: tuple[Printed, ...], gazetteer: Gazetteer) -> bool:
    """Every place is in capitals and known, or has a known qualifier."""
    for place in places:
        name = head[place.start : place.end]
        if name.upper() != name:
            return False
        qualified = place.qualifier and gazetteer.qualifier(
            head[place.qualifier[0] : place.qualifier[1]]
        )
        if not qualified and not gazetteer.is_place(name):
            return False
    return True


def _dashed(head: str, at: int, gazetteer: Gazetteer) -> _Read | None:
    """F10: nothing but places and a spaced dash, so every place must be known and in capitals."""
    dash = F10_DASH.search(head[:UNMARKED_WINDOW], at)
    if dash is None or NO_PLACE.match(head, at):
        return None
    places = read_places(head, at, dash.start(), gazetteer, False)
    if not places or not _firm(head, places, gazetteer):
        return None
    return _Read("F10", at, dash.end(1), places)
