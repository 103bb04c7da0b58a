"""Lists of people and places inside a sign-off: who, and where each of them was.

    groups = group , { ( "," | ";" | "and" | "with" ) , group } ;
    group  = names , [ prep , place , { "and" , place } ] ;
    names  = entity , { ( "," | " and " | "/" | "&" ) , entity } ;
    prep   = "in" | "at" | "aboard" | "on board" | "near" | "outside" | "via" | "from" ;

Rules of who is where (each with its specimen):

1. `A and B in P and C in Q`: `in P` is explicit for the name before it and inferred ("group") for
   the names since the last place or semicolon.
2. `in New York and Berlin`: after a place, an item that is a place and is not itself followed by
   a preposition is a second place of the same person.
3. `in Jacksonville, Florida, Alwyn Scott and …`: a state or country after a place belongs to it.
4. `Paris and London newsrooms`: a plural desk makes desks of the bare places before it.
5. A name without a place has none.  The dateline's place is never copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from wiredesk.extract.names import LOWER, PARTICLES, SUFFIXES, is_capitals, titled
from wiredesk.places import Gazetteer

PREPOSITION = re.compile(
    r"\s*\b(?P<prep>in|im|at|aboard|on board|on aboard|near|outside|via|from|based in|en|à|aus)\s+",
)
JOIN = re.compile(
    r"\s*(?:;|,\s*(?:and|with|et|y|und)\s+|,|/|&|\+|\s(?:and|with|And|AND|et|y|und)\s(?:by\s)?|\n|\.\s+[Pp]lus\s)\s*"
)
INITIALISM = re.compile(r"\b[A-Z]\.[A-Z]$")
DESK = re.compile(
    r"\b(?:newsrooms?|bureau[sx]?|news\s?desks?|desks?|teams?|staff|polling unit|units?|"
    r"editorial reference unit|correspondents|reporters|editors|offices?|tv|television|services?|"
    r"pictures|graphics|breakingviews|washington bureau)\b$",
    re.IGNORECASE,
)
PLURAL_DESK = re.compile(
    r"\b(?P<desk>newsrooms|bureaus|bureaux|newsdesks|desks|offices)$", re.IGNORECASE
)
SINGULAR = {"newsrooms": "newsroom", "bureaus": "bureau", "bureaux": "bureau",
            "newsdesks": "newsdesk", "desks": "desk", "offices": "office"}  # fmt: skip
ORGANISATION = re.compile(
    r"^(?:Reuters|IFR|LPC|RLPC|Breakingviews|Thomson Reuters|Lipper|IBES|AP|AFP|dpa)\b"
)
AFFILIATION = re.compile(
    r"\b(?:unit|newsroom|bureau|desk|team|correspondent|editor|writer)\b", re.IGNORECASE
)
LEADING = re.compile(
    r"^(?:by\s+|the\s+|our\s+|and\s+|with\s+|additional(?=\s)|"
    r"(?:Reporting|Editing|Writing|Additional reporting)\s+by\s+)",
    re.IGNORECASE,
)
OF_ORG = re.compile(r"\s+of\s+(?:the\s+)?(?=[A-Z])")
#: relation words kept with the place, where the preposition is not a plain `in`
RELATIONS = {"aboard": "aboard", "on board": "aboard", "on aboard": "aboard", "near": "near",
             "outside": "outside", "at": "at"}  # fmt: skip


#: lower-case words that a sign-off may have; anything else there is prose
JOINING = PARTICLES | frozenset(
    [
        "by",
        "in",
        "at",
        "and",
        "with",
        "from",
        "near",
        "aboard",
        "via",
        "the",
        "of",
        "outside",
        "on",
        "board",
        "editing",
        "reporting",
        "writing",
        "additional",
        "further",
        "graphic",
        "graphics",
        "compiled",
        "edited",
        "written",
        "polling",
        "research",
        "newsroom",
        "newsrooms",
        "bureau",
        "bureaus",
        "bureaux",
        "desk",
        "newsdesk",
        "team",
        "staff",
        "translated",
        "created",
        "data",
        "contributed",
        "to",
        "this",
        "report",
        "story",
        "our",
        "adicional",
        "y",
        "por",
    ]
)


def only_people(text: str) -> bool:
    """Whether a stretch of text is names and places to its end, and not prose."""
    words = re.findall(r"[^\W\d_][\w'.-]*", text[:600])
    prose = [w for w in words if w[0].islower() and w.rstrip(".") not in JOINING]
    return bool(words) and len(prose) <= max(1, len(words) // 8)


@dataclass(frozen=True, slots=True)
class Person:
    """One entity of a list with one place (or none); offsets are of its name in the text read."""

    name: str
    start: int
    end: int
    entity: str = "person"
    place: str | None = None
    basis: str | None = None
    relation: str | None = None
    org: str | None = None
    name_raw: str | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str
    before: str  #: the separator that stands before it


def read_people(text: str, start: int, stop: int, gazetteer: Gazetteer) -> list[Person]:
    """The people and desks of `text[start:stop]`, in printed order, a row for each place."""
    done: list[Person] = []
    open_names: list[Person] = []  # since the last place or semicolon
    pieces = _pieces(text, start, stop)
    last_placed = 0  # how many of the latest rows share the last place
    in_place = False
    for n, piece in enumerate(pieces):
        if ";" in piece.before or "\n" in piece.before:
            done.extend(open_names)
            open_names, in_place = [], False
        name, prep, place = _split_place(piece.text)
        if in_place and prep is None:
            if done and "," in piece.before and _qualifies(done[-1].place, piece.text, gazetteer):
                done[-last_placed:] = [_qualified(p, piece.text) for p in done[-last_placed:]]
                continue
            if _is_second_place(pieces, n, gazetteer):
                again = done[-1]
                done.append(replace(again, place=_shown(piece.text), basis="explicit"))
                last_placed = 1
                continue
        if prep is not None and not name and place:
            # a preposition alone: the place of what stands before the separator
            if open_names:
                done.extend(_placed(open_names, prep, place))
                last_placed, open_names, in_place = len(open_names), [], True
            continue
        if not name or not re.search(r"[^\W\d_]", name):
            continue
        in_place = False
        open_names.extend(_entity(name, piece, open_names, gazetteer))
        if place and prep and open_names:
            done.extend(_placed(open_names, prep, place))
            last_placed, open_names, in_place = len(open_names), [], True
    return done + open_names


def _pieces(text: str, start: int, stop: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    at, before = start, ""
    for join in JOIN.finditer(text, start, stop):
        _append(pieces, text, at, join.start(), before)
        at, before = join.end(), join[0]
    _append(pieces, text, at, stop, before)
    return pieces


def _append(pieces: list[_Piece], text: str, start: int, stop: int, before: str) -> None:
    part = text[start:stop]
    while lead := LEADING.match(part.lstrip(" ([.:-*\ufffd")):
        cut = len(part) - len(part.lstrip(" ([.:-*\ufffd")) + lead.end()
        start += cut
        part = part[cut:]
    # U+FFFD: what a feed makes of a no-break space after `Reporting by:`
    stripped = re.sub(r"\s+and$", "", part.strip(" ()[].:-*\t\ufffd"))
    if not stripped:
        return
    start += part.index(stripped)
    # an initial or a suffix keeps its stop: `H. Gold`, `John Roe Jr.`
    end = start + len(stripped)
    if stripped.split()[-1] + "." in SUFFIXES and text[end : end + 1] == ".":
        end += 1
    if INITIALISM.search(text, start, end) and text[end : end + 1] == ".":  # Washington, D.C.
        end += 1
    suffix = text[start:end] in SUFFIXES and pieces
    if suffix:  # `John Roe, Jr.`
        last = pieces.pop()
        pieces.append(_Piece(last.start, end, text[last.start : end], last.before))
        return
    pieces.append(_Piece(start, end, text[start:end], before))


def _split_place(text: str) -> tuple[str, str | None, str | None]:
    """(name, preposition, place) of a piece; the first preposition after a name divides it."""
    found = PREPOSITION.search(text)
    if not found:
        return text, None, None
    place = re.sub(r"\s+(?:and|with)$", "", text[found.end() :].strip())
    if not re.search(r"\b[A-Z]\.[A-Z]\.$", place):  # Washington, D.C.
        place = place.rstrip(" .")
    return text[: found.start()].strip(), found["prep"], place


def _shown(place: str) -> str:
    """A place for display: `MUMBAI` → Mumbai, `the Gaza Strip` as it is."""
    place = re.sub(r"^the\s+", "", place)
    return titled(place) if is_capitals(place) and len(place) > 3 else place


def _qualifies(place: str | None, text: str, gazetteer: Gazetteer) -> bool:
    return bool(place) and bool(gazetteer.qualifier(text)) and text.lower() != (place or "").lower()


def _qualified(person: Person, qualifier: str) -> Person:
    if person.place is None or person.place.endswith(qualifier):
        return person
    return replace(person, place=f"{person.place}, {qualifier}")


def _is_second_place(pieces: list[_Piece], n: int, gazetteer: Gazetteer) -> bool:
    """`in New York and Berlin` against `in Boston and Jordan in Medan`."""
    text = pieces[n].text
    if DESK.search(text) or not gazetteer.is_place(text):
        return False
    # `in P, X and Y in Q`: X may be a person whose name is a place's; a lone one is, after a comma
    if n + 1 < len(pieces) and "," in pieces[n].before and "and" not in pieces[n].before:
        following = PREPOSITION.search(pieces[n + 1].text)
        return not following or gazetteer.is_place(pieces[n + 1].text)
    return True


def _placed(names: list[Person], prep: str, place: str) -> list[Person]:
    """The last name is there explicitly, those before it by inference."""
    desk = DESK.search(place)
    basis = "via" if prep == "via" else "explicit"
    if desk and prep == "via":
        place = place[: desk.start()].strip()
    relation = RELATIONS.get(prep)
    shown = _shown(place)
    rows = [
        p
        if p.basis == "name"
        else replace(
            p, place=shown, basis="group" if basis == "explicit" else basis, relation=relation
        )
        for p in names[:-1]
    ]
    last = names[-1]
    rows.append(
        last if last.basis == "name" else replace(last, place=shown, basis=basis, relation=relation)
    )
    return rows


def _entity(
    name: str, piece: _Piece, open_names: list[Person], gazetteer: Gazetteer
) -> list[Person]:
    """One piece as a person or a desk; an affiliation changes the person before it instead."""
    start = piece.start + piece.text.index(name)
    end = start + len(name)
    plural = PLURAL_DESK.search(name)
    if plural:
        kind = SINGULAR[plural["desk"].lower()]
        for n, before in enumerate(open_names):
            if before.entity == "person" and gazetteer.is_place(before.name):
                open_names[n] = replace(
                    before,
                    name=f"{before.name} {kind}",
                    entity="desk",
                    place=before.name,
                    basis="name",
                )
        city = name[: plural.start()].strip()
        if open_names and open_names[-1].basis == "name" and gazetteer.is_place(city):
            return [Person(f"{city} {kind}", start, end, "desk", city, "name")]
    if DESK.search(name) or ORGANISATION.match(name):
        if (
            open_names
            and open_names[-1].entity == "person"
            and "," in piece.before
            and (AFFILIATION.search(name) and "and" not in piece.before)
        ):
            open_names[-1] = replace(open_names[-1], org=name)
            return []
        return [_desk(name, start, end, gazetteer)]
    if not _is_name(name):
        return []
    org = None
    if of := OF_ORG.search(name):
        org, name = name[of.end() :], name[: of.start()]
        end = start + len(name)
    return [Person(_cased(name), start, end, org=org)]


def _desk(name: str, start: int, end: int, gazetteer: Gazetteer) -> Person:
    words = name.split()
    for n in range(len(words) - 1, 0, -1):
        city = " ".join(words[:n])
        if gazetteer.is_place(city):
            return Person(name, start, end, "desk", _shown(city), "name")
    return Person(name, start, end, "desk")


def _is_name(text: str) -> bool:
    words = text.split()
    if len(words) > 7 or any(c.isdigit() for c in text):
        return False
    small = [
        w for w in words if LOWER.match(w) and w not in PARTICLES and "'" not in w and "-" not in w
    ]
    # one slip of the shift key is kept (`Eric onstad`); a phrase has more small words than that
    return len(small) <= (1 if len(words) > 1 and not LOWER.match(words[0]) else 0)


def _cased(name: str) -> str:
    return titled(name) if is_capitals(name) and len(name) > 3 else name
