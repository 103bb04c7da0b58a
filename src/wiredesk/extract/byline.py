"""Bylines: who signs the copy, with titles, organisations and places.

byline = [ junk ] , [ ( "By" | "by" | "BY" ) , SP ] , people , [ title ] , [ " - " , genre ] ,
         [ "=" ] ;
people = person , { ( "," | ", and" | " and " | "&" | "|" ) , person } ;
title  = ( "," | NL | "|" ) , role_title ;         (* European Banking Correspondent *)
person = name , [ " of " , org ] , [ "," , org ] , [ " in " , place ] ;
"""

from __future__ import annotations

import re
from dataclasses import replace

from wiredesk.agencies import agency_named
from wiredesk.agencies.grammar import Grammar
from wiredesk.extract.names import NAME, PARTICLES, is_capitals, titled
from wiredesk.model import Author

BY = re.compile(r"^\W*(?:written\s+)?by[:\s]\s*", re.IGNORECASE)
TITLE = re.compile(
    r"\b(?:correspondents?|editors?|writers?|reporters?|analysts?|columnists?|photographers?|"
    r"bureau chief|producers?|contributors?|chief|staff)\b",
    re.IGNORECASE,
)
GENRE_TAIL = re.compile(
    r"\s+-\s*(?:analysis|interview|column|commentary|feature|insight|exclusive|preview|"
    r"special report)\s*$",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"^(?:the\s)|\b(?:press|news|times|herald|post|journal|tribune|gazette|globe|ledger|chronicle|"
    r"observer|telegraph|magazine|university|institute|inc|ltd|corp|llc|group|agency|radio|tv|"
    r"television|media|network|foundation|bank|reuters|associated|bloomberg|breakingviews|"
    r"newspaper|star|sun|register|courier|dispatch|review|today|mail|express|wire|com)\b",
    re.IGNORECASE,
)
DESK = re.compile(
    r"^(?:an?\s+)?(?P<desk>(?:[\w.]+\s+)?staff(?:\s+(?:writers?|reporters?|correspondents?))?|"
    r"(?:[\w.]+\s+)?(?:correspondents|newsroom|newsdesk|editors|desk)|"
    r"the\s+associated\s+press|(?:our|a)\s+(?:[\w.]+\s+)?correspondent)$",
    re.IGNORECASE,
)
INITIALS = re.compile(r"^[a-z]{2,4}(?:[/\s-][a-z]{2,4})*$")
TITLE_AND = re.compile(
    r"(,\s*[A-Z][\w']*(?: [A-Z][\w']*)?)\s+and\s+"
    r"((?:[A-Z][\w']* )?(?:Editor|Correspondent|Writer|Reporter)\b)"
)
LONGEST = 600  # characters of a byline; the longest of 57,998 has 212
#: below a byline, on a line of its own that may have been joined to it
AFFILIATION = re.compile(
    r"(?<=[\w.])(?<!\b[Bb]y)(?<!\b[Tt]he)(?:\s*[\n|]\s*|\s+)(?:The )?Associated Press\s*$"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
JOIN = re.compile(r"\s*(?:\||\n|;|,\s*and\s+|,|\s+and\s+|\s+AND\s+|\s*&\s*)\s*")
WHERE = re.compile(r"\s+in\s+(?=[A-Z])")
PERSON = re.compile(rf"^{NAME}$")
#: a paragraph that is a byline and nothing else
WHOLE = re.compile(
    rf"^By\s+(?P<people>{NAME}(?:\s*(?:,|,?\s+and|&)\s+{NAME}){{0,8}}(?:\s*,?\s*[A-Z][\w' -]*)?"
    r"(?:\s+-\s+\w+)?)\s*=?$",
    re.IGNORECASE,
)


def read_byline(raw: str | None, grammar: Grammar) -> tuple[Author, ...]:
    """The authors of a byline, in printed order."""
    if not raw or not raw.strip():
        return ()
    text = raw.strip()[:LONGEST].removesuffix("=").strip()
    text = AFFILIATION.sub("", EMAIL.sub("", text) if "@" in text else text)
    text = GENRE_TAIL.sub("", BY.sub("", text)).strip(" ,;|")
    if not text:
        return ()
    if (INITIALS.match(text) and "/" in text) or (INITIALS.match(text) and len(text) <= 4):
        return tuple(Author(part, entity="initials") for part in re.split(r"[/\s-]", text))
    # `Health and Science Editor` is one title
    text = TITLE_AND.sub("\\1\0and\0\\2", text)
    authors: list[Author] = []
    for piece in JOIN.split(text):
        piece = piece.replace("\0", " ")
        piece = " ".join(piece.split()).strip(" .") if len(piece) > 3 else piece.strip()
        if piece:
            _add(authors, piece, grammar)
    return tuple(authors)


def _add(authors: list[Author], piece: str, grammar: Grammar) -> None:
    """Take one piece of the list: a person, a desk, or a title or organisation of those before."""
    if authors and authors[-1].entity == "person":
        if TITLE.search(piece) and not _person_shaped(piece):
            plural = piece.rstrip().lower().endswith("s")
            for n in range(len(authors) if plural else 1):
                authors[-1 - n] = replace(authors[-1 - n], title=authors[-1 - n].title or piece)
            return
        if (named := agency_named(piece)) or piece in grammar.staff:
            # `Lena Maguir, dpa`: the agency's own name says nothing; another agency's does
            if named and grammar.name and named.name != grammar.name:
                authors[-1] = replace(authors[-1], org=piece)
            return
        if ORGANISATION.search(piece):
            authors[-1] = replace(authors[-1], org=piece)
            return
    desk = DESK.match(piece)
    if desk:
        name = re.sub(r"\s+(?:writers?|reporters?|correspondents?)$", "", desk["desk"])
        authors.append(Author(desk["desk"] if "staff" not in name.lower() else name, entity="desk"))
        return
    authors.append(_person(piece))


def _person_shaped(piece: str) -> bool:
    return bool(PERSON.match(piece)) and not TITLE.search(piece)


def _person(piece: str) -> Author:
    org = place = None
    name, *where = WHERE.split(piece, maxsplit=1)
    if where:
        place = titled(where[0])
    if " of " in name:
        name, org = name.split(" of ", 1)
    elif place is None and (found := re.match(rf"^({NAME}) in ([A-Z].*)$", name)):
        name, place = found[1], titled(found[2])
    return Author(_cased(name), org=org, place=place)


def _cased(name: str) -> str:
    return titled(name) if is_capitals(name) else name


def is_byline(folded: str) -> bool:
    """Whether a paragraph is a byline: `By` and names, with no sentence in it."""
    if len(folded) > 200 or not re.match(r"by\s", folded, re.IGNORECASE):
        return False
    words = re.sub(r"^by\s+", "", folded, flags=re.IGNORECASE)
    if re.search(r"(?<!\b[A-Z])[.?!]\s+[A-Z][a-z]+\s+[a-z]", words) or ":" in words:
        return False
    names = list(re.findall(r"[^\s,&|]+", words))
    small = [
        word
        for word in names
        if word[0].islower()
        and word not in PARTICLES
        and word not in {"and", "of", "in", "a", "the"}
        and not TITLE.fullmatch(word)
    ]
    return bool(names) and not small
