"""Role words of sign-offs, and the pattern that opens a clause.

clause = roles , SP , ( "by" | "from" ) , [ ":" ] , SP , groups ;
roles  = role , { ( " and " | "/" | ", " | "&" ) , role } ;
role   = [ "Additional" | "Further" ] , ( "reporting" | "writing" | "editing" | … )
       | "Written" | "Edited" | "Compiled" | "Translated" | "Graphic" | … ;
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wiredesk.extract.any_of import any_of

ROLES = {
    "reporting": "reporting",
    "reported": "reporting",
    "reporter": "reporting",
    "reporters": "reporting",
    "writing": "writing",
    "written": "writing",
    "writen": "writing",
    "wiriting": "writing",
    "additional": "additional_reporting",
    "editing": "editing",
    "edited": "editing",
    "editor": "editing",
    "editors": "editing",
    "compiled": "compiling",
    "compiling": "compiling",
    "created": "compiling",
    "assembled": "compiling",
    "produced": "compiling",
    "translated": "translating",
    "translation": "translating",
    "translating": "translating",
    "graphic": "graphics",
    "graphics": "graphics",
    "data": "data",
    "polling": "polling",
    "polled": "polling",
    "research": "research",
    "researched": "research",
    "desking": "desking",
    "photo": "photo",
    "photos": "photo",
    "photography": "photo",
    "video": "video",
    "contributions": "contributing",
    "contribution": "contributing",
    "assistance": "contributing",
    "help": "contributing",
    # other languages of the web's agency copy
    "reporte": "reporting",
    "reportaje": "reporting",
    "información": "reporting",
    "escrito": "writing",
    "redacción": "writing",
    "editado": "editing",
    "edición": "editing",
    "traducido": "translating",
    "traducción": "translating",
    "rédigé": "writing",
    "rédaction": "writing",
    "édité": "editing",
    "edité": "editing",
    "édition": "editing",
    "traduit": "translating",
    "geschrieben": "writing",
    "redigiert": "editing",
    "übersetzt": "translating",
    "bearbeitet": "editing",
    "berichtet": "reporting",
}
#: words whose "additional" form is a role of its own
ADDITIONAL = {
    "reporting": "additional_reporting",
    "writing": "additional_writing",
    "editing": "editing",
}
_WORD = any_of(ROLES)
_MORE = (
    r"(?:(?:with|and|plus)\s+)?"
    r"(?:addit?i?on(?:al?|ally)?|further|extra|supplementary|adicional)"  # Additonal, Addition
)
ROLE = rf"(?:{_MORE}\s+|with\s+)?(?:{_WORD})(?:\s+adicional)?"
ROLES_LIST = rf"(?:{ROLE})(?:\s*(?:,|/|&|\band\b|\by\b|,\s*and)\s*(?:{ROLE})){{0,3}}"
BY = r"(?:by|from|de|por|par|von)\b\s*:?"
#: a clause's opening inside a block that is known to be a sign-off
CLAUSE = re.compile(
    rf"(?P<roles>{ROLES_LIST})(?:\s+(?P<by>{BY})|(?P<fused>by)(?=\s[A-Z])|\s*:|\s+(?=[A-Z][a-z]+\s+[A-Z]))",
    re.IGNORECASE,
)
#: where a sign-off may start in running copy; signoff.py judges by what stands before it
_NAMED = (
    r"(?=[\s\ufffd]*(?:the\s+|our\s+|a\s+)?(?:[^\W\d_a-zß-öø-ÿ]|(?:al|de|el|van|von|da|bin)[\s-]))"
)
START = re.compile(rf"(?P<clause>(?i:{ROLES_LIST})\s*(?i:{BY})){_NAMED}")
#: the word that every clause has, looked for with str.find: a pattern tried at each character of a
#: long last paragraph was half of all reading time
BY_WORDS = ("by", "from", " de ", " por ", " par ", " von ")
ROLES_BEFORE = re.compile(
    rf"(?<![^\W\d_])(?:{ROLES_LIST})\s*$|(?<=[a-z])(?:{ROLES_LIST})\s*$", re.IGNORECASE
)
ROLE_ENDS = (*ROLES, "adicional")
LONGEST_ROLES = 80  # characters: `Additional reporting, writing and additional editing `
PAREN_LOOSE = re.compile(
    rf"\({{1,3}}\s*(?P<clause>(?i:{_MORE}\s+)?(?i:reporting|writing|editing|compiled|edited|written))"
    r"\s*:?\s+(?=[A-Z][\w'.-]+\s+[A-Z])"
)
ROLE_WORD = re.compile(
    rf"(?P<more>{_MORE})?\s*\b(?P<word>{_WORD})\b(?P<es>\s+adicional)?", re.IGNORECASE
)


def starts(text: str) -> Iterator[re.Match[str]]:
    """Every place in `text` where a sign-off clause might open, in order."""
    lower = text.lower()
    if len(lower) != len(text):  # `İ` lowers to two characters
        yield from START.finditer(text)
        return
    done = 0
    for by in sorted(set(_by_words(lower))):
        if by < done:
            continue
        if not lower[max(0, by - 20) : by].rstrip().endswith(ROLE_ENDS):
            continue
        roles = ROLES_BEFORE.search(text, max(done, by - LONGEST_ROLES), by)
        found = START.match(text, roles.start()) if roles else None
        if found:
            done = found.end()
            yield found


def _by_words(lower: str) -> Iterator[int]:
    for word in BY_WORDS:
        at = lower.find(word)
        while at >= 0:
            yield at + (word[0] == " ")
            at = lower.find(word, at + 1)


def roles_of(text: str) -> tuple[str, ...]:
    """The role values that a clause's opening names, in printed order and once each."""
    roles: list[str] = []
    more = False
    for found in ROLE_WORD.finditer(text):
        role = ROLES[found["word"].lower()]
        # "Additional writing and editing by": `additional` reaches to the next word too
        more = bool(found["more"] or found["es"]) or more
        if found["more"] or found["es"]:
            role = ADDITIONAL.get(role, role)
        if role not in roles:
            roles.append(role)
    return tuple(roles)
