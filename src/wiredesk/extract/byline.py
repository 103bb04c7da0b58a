"""Bylines: who signs the copy, with titles, organisations and places.

byline = [ junk ] , [ by , SP ] , people , [ title ] , [ " - " , genre ] , [ "=" ] ;
by     = "By" | "by" | "BY" | "Von" | "Par" | "Por" | "Av" | "Af" | "Door" ;
people = person , { ( "," | ", and" | " and " | " und " | … | "&" | "|" | "/" ) , person } ;
title  = ( "," | NL | "|" ) , role_title ;         (* European Banking Correspondent *)
person = name , [ " of " , org ] , [ "," , org ] , [ " in " , place ] ;
"""

from __future__ import annotations

import re
from dataclasses import replace

from wiredesk.agencies import agency_named
from wiredesk.agencies.grammar import Grammar
from wiredesk.extract.names import NAME, PARTICLES, SUFFIXES, is_capitals, titled
from wiredesk.model import Author

#: by, as other languages say it; a noble's `Von Trapp` and Sweden's `Par Ekedal` are names
_OTHER_BY = (
    r"(?:Von|VON|Par|PAR|Por|POR|Av|AV|Af|AF|Door|DOOR)[:\s]\s*"
    r"(?=[^\W\d_a-zß-öø-ÿ][^\s,]*\s+[^\W\d_])"
)
BY = re.compile(rf"^\W*(?i:(?:written\s+)?by)[:\s]\s*|^{_OTHER_BY}")
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
#: words of houses that sign alone, and are no surnames as `post`, `star`, `bank` are
HOUSE = re.compile(
    r"^the\s|\b(?:press|news|newsroom|newspaper|network|times|herald|journal|tribune|gazette|"
    r"chronicle|observer|telegraph|magazine|university|institute|agency|association|foundation|"
    r"media|radio|television|tv|newswire|redaktion(?:en)?|redaksjonen|toimitus|redacción|rédaction)"
    r"\b|\w\.(?:com|net|org|info|[a-z]{2})$",
    re.IGNORECASE,
)
#: `VIKSUND BØRS ASA`: an exchange notice is signed by its company
COMPANY = re.compile(
    r"\w[\s,]+(?:ASA|AB|AG|SE|SA|NV|BV|AS|A/S|ApS|Oyj?|OYJ|GmbH|KGaA|SAS|SARL|S\.?p\.?A|S\.A|N\.V|B\.V|"
    r"(?i:plc|inc|ltd|limited|llc|llp|corp|corporation|pty|holdings?))\.?(?:\s+\(publ\))?$"
)
DESK = re.compile(
    r"^(?:an?\s+)?(?P<desk>(?:[\w.]+\s+)?staff(?:\s+(?:writers?|reporters?|correspondents?))?|"
    r"(?:[\w.]+\s+)?(?:correspondents|newsroom|newsdesk|editors|desk)|"
    r"the\s+associated\s+press|(?:our|a)\s+(?:[\w.]+\s+)?correspondent)$",
    re.IGNORECASE,
)
INITIALS = re.compile(r"^[a-z]{2,4}(?:[/\s-][a-z]{2,4})*$")
# `Reuters, JAN 02`: Reuters TV puts the day there
DATED = re.compile(
    r",\s*(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:,?\s+\d{4})?$",
    re.IGNORECASE,
)
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
#: `y` joins two names, and the two halves of one: `Ana Ruiz y Leo Paz`, `Leo Paz y Soler`
JOIN = re.compile(
    r"\s*(?:\||\n|;|/(?!S\b)|,\s*and\s+|,|\s+(?:and|AND|und|et|og|och|y(?=\s+\S+\s+\S))\s+|\s*&\s*)\s*"
)
SPECIAL = re.compile(r"^special to\s+", re.IGNORECASE)
WHERE = re.compile(r"\s+in\s+(?=[A-Z])")
PERSON = re.compile(rf"^{NAME}$")
#: `Von Lene Bruck, dpa`, a paragraph to itself: names, and at most a house or a title
OTHER_WHOLE = re.compile(
    rf"^{_OTHER_BY}{NAME}(?:(?:,| und| et| y| og| och)\s+{NAME}){{0,4}}(?:,\s+[A-Za-z]{{2,12}})?$"
)


def read_byline(raw: str | None, grammar: Grammar) -> tuple[Author, ...]:
    """The authors of a byline, in printed order."""
    if not raw or not raw.strip():
        return ()
    text = raw.strip()[:LONGEST].removesuffix("=").strip()
    text = AFFILIATION.sub("", EMAIL.sub("", text) if "@" in text else text)
    text = DATED.sub("", GENRE_TAIL.sub("", BY.sub("", text))).strip(" ,;|")
    if not text:
        return ()
    if (INITIALS.match(text) and "/" in text) or (INITIALS.match(text) and len(text) <= 4):
        return tuple(Author(part, entity="initials") for part in re.split(r"[/\s-]", text))
    company = COMPANY.search(text)
    if company and not re.search(r",|\band\b", text[: company.start()]):
        return (Author(text, entity="desk"),)
    # `Health and Science Editor` is one title
    text = TITLE_AND.sub("\\1\0and\0\\2", text)
    authors: list[Author] = []
    for piece in JOIN.split(text):
        piece = piece.replace("\0", " ")
        piece = " ".join(piece.split()).lstrip(" .") if len(piece) > 3 else piece.strip()
        if len(piece) > 3 and piece.split()[-1] not in SUFFIXES:  # `Gus Hale Jr.` keeps its stop
            piece = piece.rstrip(" .")
        if piece:
            _add(authors, piece, grammar)
    return tuple(authors)


def _add(authors: list[Author], piece: str, grammar: Grammar) -> None:
    """Take one piece of the list: a person, a desk, or a title or organisation of those before."""
    if authors and piece.rstrip(".") in SUFFIXES:  # Gus Hale, Jr.
        authors[-1] = replace(authors[-1], name=f"{authors[-1].name}, {piece}")
        return
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
        if ORGANISATION.search(piece) or is_house(piece):
            authors[-1] = replace(authors[-1], org=SPECIAL.sub("", piece))
            return
    desk = DESK.match(piece)
    if desk:
        name = re.sub(r"\s+(?:writers?|reporters?|correspondents?)$", "", desk["desk"])
        authors.append(Author(desk["desk"] if "staff" not in name.lower() else name, entity="desk"))
        return
    # not `Ann Corbel of La Gazette in Tours`
    if is_house(re.split(r"\s(?:of|in)\s", piece)[0]):
        authors.append(Author(piece, entity="desk"))
        return
    authors.append(_person(piece))


def named_author(name: str, grammar: Grammar) -> Author:
    """An author whom the format names by itself: a person, or the desk of an agency or house."""
    if is_house(name) or DESK.match(name):
        return Author(name, entity="desk")
    person, _, house = name.partition("/")  # `Elof Strand/TT`
    known = agency_named(house.strip()) if house else None
    if not known:
        return Author(titled(name))
    return Author(titled(person.strip()), org=None if known.name == grammar.name else house.strip())


def is_house(name: str) -> bool:
    """Whether a signature is an agency's, a newspaper's or a company's, and no person's."""
    return bool(agency_named(name) or HOUSE.search(name) or COMPANY.search(name))


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
    if len(folded) > 200:
        return False
    if not re.match(r"by\s", folded, re.IGNORECASE):
        return bool(OTHER_WHOLE.match(folded))
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
