"""Sign-offs to credits: blocks of clauses, each a role with its people and their places.

signoff = { block } ;
block   = [ "((" | "(" ] , clause , { csep , clause } , [ csep , contact , … ] , [ ")" | "))" ] ;
clause  = roles , SP , ( "by" | "from" ) , [ ":" ] , SP , groups
        | "Reporting from" , SP , place , SP , "by" , SP , names
        | name , SP , "reported from" , SP , place , { "," , name , [ "from" ] , place }
        | agency_people , groups , "contributed to this" , ( "report" | "story" ) ,
          [ "from" , place ] ;
csep    = ";" | "," | "." | ":" | "/" | "(" | ")" | NL | "with" | "and" | nothing ;
"""

from __future__ import annotations

import re
from dataclasses import replace

from wiredesk.agencies import WRITERS as AGENCY_WRITERS
from wiredesk.extract.people import Person, only_people, read_people
from wiredesk.extract.roles import CLAUSE, roles_of
from wiredesk.extract.spans import Run
from wiredesk.extract.trailers import read_contacts
from wiredesk.model import Author, Contact, Credit
from wiredesk.places import Gazetteer

#: `Reporting from Rome by Alva Armelli`: the place covers the clause
FROM_BY = re.compile(r"^\s*(?P<place>[A-Z][\w.,' -]{1,60}?)\s+by\s+", re.DOTALL)
_AGENCIES = "|".join(re.escape(name) for name in AGENCY_WRITERS)
_WRITERS = (
    rf"(?:The\s+)?(?:{_AGENCIES})\s+"
    r"(?:[\w-]+\s+){0,4}?(?i:writers?|reporters?|researchers?|correspondents?|journalists?|"
    r"photographers?|producers?|editors?|contributors?|staff(?:ers)?)\b"
)
#: `… contributed to this report from R.`
CONTRIBUTED = re.compile(
    r"(?:also\s+)?(?:contributed(?:\s+(?:to|reporting|material|from))?|helped\s+with)"
    r"(?P<this>\s+(?:to\s+)?(?:this|the)\s+(?:report|story|article|dispatch))?"
    r"(?:\s+(?:from|in)\s+(?P<place>[A-Z][^.;]+))?\s*(?:\.|$)"
)
WRITERS = re.compile(rf"\b{_WRITERS}\s*,?\s*")
REPORTED_LINE = re.compile(
    r"^(?P<who>[A-Z][\w.'-]+(?:\s+(?:and\s+)?[A-Z][\w.'-]+|,\s+[A-Z][\w.'-]+){0,8})\s+(?:also\s+)?"
    r"reported\s+(?:from|in)\s+(?P<rest>[^.]+(?:\.(?=\S|\s[a-z])[^.]*)*(?:(?<=\b[A-Z]\.[A-Z])\.)?)(?:\.|$)"
)
GAPPED = re.compile(
    r",?\s*(?:and\s+)?(?P<who>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,2})\s+(?:reported\s+)?from\s+"
)
#: AP's `contributed to this report`, and `helped with this story`
HELPED = re.compile(r"\b(?:contributed|helped with)\b")
SEPARATORS = " \t\n;,.:/&()-"


def read_block(
    run: Run, gazetteer: Gazetteer, authors: tuple[Author, ...]
) -> tuple[list[Credit], tuple[Contact, ...]]:
    """Credits and contacts of a sign-off block, in printed order."""
    contacts, text = read_contacts(run.folded)
    clauses = list(CLAUSE.finditer(text))
    credits: list[Credit] = []
    if not clauses and (by := re.match(r"\({1,3}\s*by\s+", text, re.IGNORECASE)):
        people = read_people(text, by.end(), len(text.rstrip(SEPARATORS)), gazetteer)
        return [_credit(run, "writing", person, gazetteer) for person in people], contacts
    if not clauses:
        return agency_line(run, gazetteer, authors), contacts
    if clauses[0].start() > 3:
        credits.extend(agency_line(run.cut(0, clauses[0].start()), gazetteer, authors))
    for n, clause in enumerate(clauses):
        end = clauses[n + 1].start() if n + 1 < len(clauses) else len(text)
        end = clause.end() + len(text[clause.end() : end].rstrip(SEPARATORS + "("))
        # `X with additional reporting by`, `and editing by`: joining words are no names
        tail = re.search(
            r"(?:[\s,;]+(?:and|with|plus))+\s*$", text[clause.end() : end], re.IGNORECASE
        )
        if tail:
            end = clause.end() + tail.start()
        if text[end : end + 1] == "." and re.search(
            r"\b(?:[A-Z]|Jr|Sr)$", text[clause.end() : end]
        ):
            end += 1
        credits.extend(_clause(run, text, clause, end, gazetteer))
    return credits, contacts


def _clause(
    run: Run, text: str, clause: re.Match[str], end: int, gazetteer: Gazetteer
) -> list[Credit]:
    start = clause.end()
    place = None
    word = (clause["by"] or "by").strip(" :").lower()
    if word == "from" and roles_of(clause["roles"]) != ("contributing",):
        covered = FROM_BY.match(text[start:end])
        if not covered:
            people = [replace(p, basis="clause") for p in _from_places(text, start, end, gazetteer)]
            return [
                _credit(run, role, p, gazetteer)
                for role in roles_of(clause["roles"])
                for p in people
            ]
        place = covered["place"].strip(" ,")
        start += covered.end()
    people = read_people(text, start, end, gazetteer)
    if place:
        people = [p if p.place else replace(p, place=place, basis="clause") for p in people]
    return [
        _credit(run, role, person, gazetteer)
        for role in roles_of(clause["roles"])
        for person in people
    ]


def _from_places(text: str, start: int, end: int, gazetteer: Gazetteer) -> list[Person]:
    """`Reporting from X` without a name that follows `by`: X may be a desk."""
    return [p for p in read_people(text, start, end, gazetteer) if p.entity == "desk"]


def agency_line(run: Run, gazetteer: Gazetteer, authors: tuple[Author, ...]) -> list[Credit]:
    """AP's closing lines: `Hollis reported from Austin. AP writers A and B contributed …`"""
    text = run.folded
    credits: list[Credit] = []
    at = 0
    if reported := REPORTED_LINE.match(text):
        credits.extend(_reported(run, reported, gazetteer, authors))
        at = reported.end()
    while said := HELPED.search(text, at):
        verb = said.start()
        also = text.rfind("also ", max(at, verb - 5), verb)
        line = CONTRIBUTED.match(text, also if also >= 0 else verb)
        named = WRITERS.match(text.lstrip(" ."), 0) or WRITERS.search(text, at, verb)
        if (
            line is None
            or not (line["this"] or named or also >= 0)
            or not only_people(WRITERS.sub(" ", text[at:verb]))
        ):
            break
        people: list[Person] = []
        begin = at
        for more in WRITERS.finditer(text, at, line.start()):
            people.extend(read_people(text, begin, more.start(), gazetteer))
            begin = more.end()
        people.extend(read_people(text, begin, line.start(), gazetteer))
        if line["place"]:
            place = re.sub(r"\s+and\s+.*$", "", line["place"].strip(" ,"))
            people = [p if p.place else replace(p, place=place, basis="clause") for p in people]
        credits.extend(_credit(run, "contributing", person, gazetteer) for person in people)
        at = line.end()
    return credits


def _reported(
    run: Run, reported: re.Match[str], gazetteer: Gazetteer, authors: tuple[Author, ...]
) -> list[Credit]:
    """`Murphy reported from Indianapolis, Wiseman from Washington`: surnames of the byline."""
    text = run.folded
    end = reported.end("rest")
    at = reported.start("rest")
    who = read_people(text, reported.start("who"), reported.end("who"), gazetteer)
    people: list[Person] = []
    while True:
        gap = GAPPED.search(text, at, end)
        place = text[at : gap.start() if gap else end].strip(" ,;")
        if not re.search(r"\b[A-Z]\.[A-Z]\.$", place):  # Washington, D.C.
            place = place.rstrip(".")
        people.extend(replace(p, place=place, basis="clause") for p in who)
        if not gap:
            break
        who = read_people(text, gap.start("who"), gap.end("who"), gazetteer)
        at = gap.end()
    return [_credit(run, "reporting", _from_byline(p, authors), gazetteer) for p in people]


def _from_byline(person: Person, authors: tuple[Author, ...]) -> Person:
    """The full name of a surname, where exactly one author of the byline bears it."""
    if " " in person.name:
        return person
    bearers = [a for a in authors if a.name.split()[-1].casefold() == person.name.casefold()]
    if len(bearers) != 1:
        return person
    return replace(person, name=bearers[0].name, name_raw=person.name)


def _credit(run: Run, role: str, person: Person, gazetteer: Gazetteer) -> Credit:
    start, end = run.span(person.start, person.end)
    place_id = None
    if person.place:
        city, _, qualifier = person.place.partition(", ")
        place_id = gazetteer.resolve(city, qualifier or None).place_id
    printed = run.text[person.start : person.end]
    # typographic apostrophes are kept as printed: names are read from the folded copy
    name = (
        printed
        if len(printed) == len(person.name)
        and person.name_raw is None
        and (
            printed.casefold() == run.folded[person.start : person.end].casefold()
            or not printed.isascii()
        )
        and not printed.isupper()
        and person.entity == "person"
        else person.name
    )
    return Credit(
        role=role,
        entity=person.entity,
        name=name,
        title=None,
        org=person.org,
        place=person.place,
        place_id=place_id,
        basis=person.basis,
        start=start,
        end=end,
        name_raw=person.name_raw,
        relation=person.relation,
    )
