"""What a person's name looks like in wire copy, and how capitals become a name again.

name     = tok , { SP , ( tok | particle | initial ) } , [ SP , suffix ] ;
tok      = capital letter , { letter | "'" | "." | "-" } ;
particle = da | de | del | … ;   initial = capital letter , [ "." ] ;
suffix   = Jr. | Sr. | II | III | IV ;
"""

from __future__ import annotations

import re

PARTICLES = frozenset(
    [
        "da",
        "das",
        "de",
        "del",
        "della",
        "di",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "y",
        "ben",
        "e",
        "zu",
        "zur",
        "af",
        "av",
        "ou",
        "st",
        "mac",
        "abu",
        "um",
    ]
)
SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
#: one word of a name; a lower-case particle may be glued to it: `al-Khalidi`, `d'Amico`
TOK = rf"(?:(?:{_PARTICLE})-|d')?[^\W\d_a-zß-öø-ÿ][\w'.-]*(?:\.[\w'-]+)*"
NAME = rf"{TOK}(?:\s+(?:{TOK}|(?:{_PARTICLE})\b)){{0,5}}"
SMALL = re.compile(r"[a-z]{4}")  # more than a particle has
LOWER = re.compile(r"[a-zß-öø-ÿ]")


def is_capitals(text: str) -> bool:
    """Letters, and no lower-case ones (`Mc` aside: `McDONALD`)."""
    if text.isupper() or SMALL.search(text):  # nearly every name; the rest costs ten times as much
        return text.isupper()
    bare = re.sub(r"\b(?:Mc|Mac|de|van|von)(?=[A-Z\s])", "", text)
    return any(c.isalpha() for c in bare) and not any(c.islower() for c in bare)


def titled(name: str) -> str:
    """A name in capitals as it would be printed: `JEAN-LUC O'SHEA McNEIL` → Jean-Luc O'Shea McNeil.

    A name that has lower-case letters of its own comes back untouched.
    """
    if not is_capitals(name):
        return name
    return " ".join(_titled_word(word, n) for n, word in enumerate(name.split()))


def _titled_word(word: str, n: int) -> str:
    if n and word.lower() in PARTICLES:
        return word.lower()
    if word in SUFFIXES or not any(c.islower() or c.isupper() for c in word):
        return word
    if len(word) <= 4 and "." in word:  # initials: U.S., J.B.
        return word
    if mc := re.match(r"(Mc|Mac)([A-Z]+)$", word):  # McADAMSON, MacLEOD
        return f"{mc[1]}{mc[2].capitalize()}"
    pieces = re.split(r"([-'’.])", word)
    cased = [piece.capitalize() if piece.isupper() else piece for piece in pieces]
    # O'SHEA, D'AMBOISE take a capital after the apostrophe; RIVER'S does not
    if len(pieces) > 2 and pieces[1] in "'’" and len(pieces[0]) > 1:
        cased[2] = pieces[2].lower()
    titled_word = "".join(cased)
    mc = re.match(r"Mc([a-z])(.*)", titled_word)
    return f"Mc{mc[1].upper()}{mc[2]}" if mc else titled_word
