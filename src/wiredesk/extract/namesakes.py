"""The people whom one story names: which capitals are a person's name, and a surname's first name.

    name = { DEMONYMS | title } , tok , { tok | particle } ;    (* shown without its titles *)
    tok  = a word with a capital, none of ORGANISATIONS, COMMON or a number ;

A person is named in full once and by the surname after that; names in full are looked up in the
story's text when a surname asks for one, because most stories ask for two or three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wiredesk.extract.names import titled
from wiredesk.extract.speech import (
    COMMON,
    DEMONYMS,
    GERMAN_TITLES,
    HUMANS,
    ORGANISATIONS,
    PARTICLES,
    TITLES,
)

MOST_NAMES = 300  # looked up in one story: each look-up reads the whole of it
MOST_MENTIONS = 40  # of a surname that are read for its first name
MOST_INTRODUCTIONS = 8  # mentions of a name that may show whose it is
#: a run that one of these stands before is an office's second half: `of Ferries and Docks`
INSIDE_OFFICE = frozenset("of and & the des du del della".split())
#: after a name, these show that it is a person's: `Ana Ruiz, 41,` and `Ana Ruiz, who`
EXPLAINED = re.compile(r", (?:\d\d,|an? |who |whose |the |chief |head |senior |his |her )")
NUMBER = re.compile(r"\d")


def core(word: str) -> str:
    """A word without its punctuation: `Smith,` → Smith; a stop stays (`Jr.`)."""
    return word.strip(',;:()[]"*_?!')


def is_capital(word: str) -> bool:
    """Whether a word can stand in a name: `Ruiz`, `al-Khatib`, `d'Arc`, `U.S.`"""
    if word[:1].isupper():
        return True
    head, dash, rest = word.partition("-" if "-" in word else "'")
    return bool(dash) and rest[:1].isupper() and (head in PARTICLES or head in {"d", "l"})


def is_name(run: Sequence[str], sure: bool = False) -> bool:
    """Whether capitals could be a person's: no word of an organisation, no number, not `U.S.`

    After a title or a role (`sure`) the last word may be any: `Chief Executive Bo Banks`.
    """
    first = run[0].lower()
    if len(run) > 6 or (first in COMMON and not (first in PARTICLES and len(run) > 1)):
        return False
    if len(run) == 1 and first in DEMONYMS:
        return False
    for word in run[:-1] if sure and len(run) > 1 else run:
        if word.lower() in ORGANISATIONS:
            return False
        if not word.isalpha() and (word == "&" or NUMBER.search(word)):
            return False
    last = run[-1].rstrip(".")
    return len(last) > 1 and "." not in last and (is_capital(last) or last in PARTICLES)


def without_titles(run: Sequence[str]) -> list[str]:
    """`U.S. Secretary of State Ana Ruiz` → Ana Ruiz; `General Motors` and `Pope Leo` stay whole."""
    words = list(run)
    for n in range(len(words) - 2, -1, -1):
        low = words[n].rstrip(".").lower()
        office = low in TITLES or low.endswith(GERMAN_TITLES)
        owner = words[n].endswith(("'s", "s'"))  # `Kelp's Ruiz`
        if owner or (office and words[n + 1].lower() not in ORGANISATIONS):
            words = words[n + 1 :]
            break
    while len(words) > 2 and words[0].lower().rstrip(".") in DEMONYMS and is_name(words[1:]):
        words = words[1:]
    return words


def has_title(run: Sequence[str]) -> bool:
    """Whether a run of capitals opens with an office or an employer: `Kelp's Chairman Ruiz`."""
    return len(without_titles(run)) < len(run)


class Names:
    """The names of one story, each looked up once."""

    def __init__(self, folded: str) -> None:
        self._text = folded
        self._full: dict[str, str] = {}
        self._humans: dict[str, bool] = {}
        self._persons: dict[tuple[tuple[str, ...], bool], str] = {}

    def person(self, run: Sequence[str], sure: bool = False) -> str | None:
        """The display name of a run of capitals, or None where it is no person's name.

        After a role (`sure`) it is one, though a bank could have it: `analyst Bo Banks`.
        """
        key = (tuple(run), sure)
        known = self._persons.get(key)
        if known is None:
            known = self._persons[key] = self._person(run, sure) or ""
        return known or None

    def is_human(self, name: str) -> bool:
        """Whether the story shows that a name is a person's: by a title, a role or an age."""
        known = self._humans.get(name)
        if known is None:
            if len(self._humans) > MOST_NAMES:
                return False
            places = self._places(name, MOST_INTRODUCTIONS)
            known = self._humans[name] = any(self._introduced(at, name) for at in places)
        return known

    def again(self, word: str) -> bool:
        """Whether a word that opens a sentence stands in the story once more."""
        return self._text.find(word, self._text.find(word) + 1) >= 0

    def _person(self, run: Sequence[str], sure: bool) -> str | None:
        bare = without_titles(run)
        sure = sure or len(bare) < len(run)
        while len(bare) > 1 and bare[0] in PARTICLES and bare[0].islower():
            if self._in_full(" ".join(bare)) != " ".join(bare):
                break
            bare = bare[1:]
        if not is_name(bare, sure):
            return None
        name = " ".join(bare)
        if len(bare) == 1 or bare[0].lower() in PARTICLES:
            full = self._in_full(name)
            known = full != name or len(bare) > 1 or sure
            return full if known else None
        return titled(name) if name.isupper() else name

    def _in_full(self, name: str) -> str:
        """The story's full form of a surname (`Da Ronchi` → Matteo da Ronchi), or the name."""
        found = self._full.get(name)
        if found is None:
            if len(self._full) > MOST_NAMES:
                return name
            found = self._full[name] = self._look_up(name)
        return found

    def _look_up(self, name: str) -> str:
        if name.isupper():  # UPS is not the last word of Vessby-based UPS
            return name
        last = name.rpartition(" ")[2]
        endings = (f" {name}".casefold(), f"-{name}".casefold())
        first = " " not in name
        for at in self._places(last, MOST_MENTIONS):
            end = at + len(last)
            if self._text[end : end + 1].isalnum() or self._text[at - 1 : at].isalnum():
                continue
            longer = self._ending(at, end)
            if longer.casefold().endswith(endings) and is_name(longer.split(), True):
                return longer
            if first and (longer := self._opening(at, end)):
                return longer
            first = False
        return name

    def _places(self, word: str, most: int) -> Iterator[int]:
        at = self._text.find(word)
        for _ in range(most):
            if at < 0:
                return
            yield at
            at = self._text.find(word, at + len(word))

    def _ending(self, at: int, end: int) -> str:
        """The run of capitals that ends here, without titles: `French Minister Ana Ruiz`."""
        line = self._text[max(0, at - 60) : at]
        words = line[line.rfind("\n") + 1 :].split(" ")
        glued = words[-1]  # `al-Khatib`, second reference Khatib
        if glued and glued[:-1] not in PARTICLES:
            return ""
        run = [glued + self._text[at:end]]
        for word in reversed(words[:-1]):
            if not word or word[-1] in ",;:)\"'" or _ends_sentence(word):
                break
            if word.endswith("'s") or not (is_capital(word) or word in PARTICLES):
                break
            run.append(word)
        run.reverse()
        while len(run) > 1 and run[0].lower() in COMMON and run[0].lower() not in PARTICLES:
            del run[0]
        bare = without_titles(run)
        outside = words[-len(run) - 1 : -len(run)]
        if len(bare) == len(run) > 2 and not INSIDE_OFFICE.isdisjoint(outside):
            bare = bare[-2:]  # Commissioner of Ferries and Docks Ana Ruiz
        return " ".join(bare)

    def _opening(self, at: int, end: int) -> str:
        """Family name first (`Wen Jiabao`): what the story's first mention has after it."""
        run = [self._text[at:end]]
        if run[0].isupper():
            return ""
        for word in self._text[end : end + 40].split(" ")[1:4]:
            bare = core(word).removesuffix("'s").rstrip(".")
            low = bare.lower()
            if not is_capital(bare) or low in TITLES or low in ORGANISATIONS or low in COMMON:
                break
            if bare.isupper() or NUMBER.search(bare):
                break
            run.append(bare)
            if bare != word:
                break
        return " ".join(run) if len(run) > 1 else ""

    def _introduced(self, at: int, name: str) -> bool:
        before = self._text[max(0, at - 24) : at].split()
        role = core(before[-1]).lower().rstrip(".") if before else ""
        if role in HUMANS or role in TITLES or role in {"said", "says"}:
            return True
        last = name.rpartition(" ")[2]
        if " " in name and (f" {last} said" in self._text or f" {last} told" in self._text):
            return True
        after = at + len(name)
        return EXPLAINED.match(self._text[after : after + 12]) is not None


def _ends_sentence(word: str) -> bool:
    """Whether a word's stop ends a sentence: `Rio.`, not `Sen.`, `J.` or `U.S.`"""
    bare = word[:-1]
    return word[-1] == "." and len(bare) > 1 and "." not in bare and bare.lower() not in TITLES
