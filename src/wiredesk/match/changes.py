"""What a version changed against the one before it: fields, paragraphs, figures, names, credits.

Paragraphs that stand in both versions in one order are unchanged; of the rest, equal ones were
moved, the most alike pairs were changed, and what is left was added or removed.  So every
paragraph of both sides is unchanged or told in exactly one `paragraph_…`.

    figure = [ "$" | "€" | "£" | "¥" ] , digits , [ "%" | unit ] | a number in words from two up
    unit   = "percent" | "pct" | "million" | "mln" | "billion" | …      5 million is not 5 billion
    name   = capitalised word , { [ particle ] , capitalised word }
             not a month or weekday, not one word that only begins a sentence
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from wiredesk.extract.dates import MONTHS
from wiredesk.extract.spans import fold

#: Share of words that two paragraphs have in common to be one that was changed.  A paragraph
#: rewritten round one quotation keeps half; two on the same subject share a third (articles,
#: prepositions, the names).
CHANGED = 0.5
#: Words that stand in more paragraphs than this do not say which paragraph became which; it bounds
#: the work for tables, whose thousand rows all say `vs` and `mln`.
COMMON = 60

FIELDS = ("headline", "label", "dateline", "byline", "ed_note", "status")

_COUNTED = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    "thousand|dozen|half|third|quarter"
)
_UNIT = (
    r"percent|per cent|pct|percentage points?|basis points?|hundred|thousand|million|billion|"
    r"trillion|mln|bln|tln|Millionen|Milliarden|Prozent|millions?|milliards?|millones|miliardi"
)
_FIGURE = re.compile(
    rf"[$€£¥]?\d+(?:[.,:/]\d+)*(?:\s?%|[\s-](?:{_UNIT})\b|(?:bn|tn|k|m)\b)?|\b(?i:{_COUNTED})\b"
)
_CAPITAL = r"(?:(?:[A-Z]\.)+|(?:St|Mt)\.|[A-ZÀ-ÖØ-Þ][\w’'-]*)"
_NAME = re.compile(
    rf"\b{_CAPITAL}(?:\s(?:(?:de|da|del|di|du|la|le|van|von|der|den|bin|al|el|of|the)\s){{0,2}}"
    rf"{_CAPITAL})*"
)
_BEGINS = re.compile(r"(?:^|[.!?:]['\"]?\s|^['\"(]|\s[\"'])\W*$")
_TRIM = re.compile(r"(?:'s|'|\.)$")
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi "
    "samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
)
#: `( 7203.T )`: the web drops and restores codes from one version to the next; they are no figures
_CODE = re.compile(r"\(\s?[.^]?[A-Z0-9]{1,12}(?:[._=][A-Za-z0-9]{1,8})+\s?[-+]?\s?\)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class VersionText:
    """What is compared of a version; absent facts are None or ()."""

    headline: str | None = None  #: without labels
    labels: tuple[tuple[str, int | None], ...] = ()  #: ("UPDATE", 2)
    dateline: str | None = None  #: as printed
    byline: str | None = None
    ed_note: str | None = None
    pub_status: str = "usable"
    paragraphs: tuple[str, ...] = ()  #: of the body and its crossheads, in order
    credits: tuple[tuple[str, str, str | None], ...] = ()  #: role, name, place


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    `kind` is one of FIELDS, `paragraph_added|removed|changed|moved`, `number`, `name`,
    `credit_added|removed`.  `at` counts paragraphs from 0: of the later version, but of the earlier
    one for `paragraph_removed`; None where no paragraph is meant.
    """

    kind: str
    at: int | None
    before: str | None
    after: str | None


def changes(before: VersionText, after: VersionText) -> tuple[Change, ...]:
    """All that differs: fields, then paragraphs in their places, then credits; () for no change.

    White space and the style of quotes and dashes make no difference.
    """
    return (
        *_fields(before, after),
        *_paragraphs(before.paragraphs, after.paragraphs),
        *_credits(before, after),
    )


def _fields(before: VersionText, after: VersionText) -> Iterator[Change]:
    pairs = (
        (before.headline, after.headline),
        (_labels(before), _labels(after)),
        (before.dateline, after.dateline),
        (before.byline, after.byline),
        (before.ed_note, after.ed_note),
        (before.pub_status, after.pub_status),
    )
    for kind, (was, now) in zip(FIELDS, pairs, strict=True):
        if plain(was or "") != plain(now or ""):
            yield Change(kind, None, was or None, now or None)


def _labels(version: VersionText) -> str:
    return " ".join(f"{label} {n}" if n is not None else label for label, n in version.labels)


def _credits(before: VersionText, after: VersionText) -> Iterator[Change]:
    was, now = Counter(map(_credit, before.credits)), Counter(map(_credit, after.credits))
    yield from (Change("credit_removed", None, c, None) for c in sorted((was - now).elements()))
    yield from (Change("credit_added", None, None, c) for c in sorted((now - was).elements()))


def _credit(credit: tuple[str, str, str | None]) -> str:
    role, name, place = credit
    return f"{role}: {name}" + (f", {place}" if place else "")


def plain(text: str) -> str:
    """Text as it is compared: white space collapsed, quotes and dashes plain."""
    return " ".join(fold(text).split())


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    olds, news = [*map(plain, before)], [*map(plain, after)]
    stood, come = _unaligned(olds, news)
    gone = [*stood]
    told: list[tuple[tuple[int, int], list[Change]]] = []
    for i, j in _moved(olds, news, gone, come):
        told.append(((j, 1), [Change("paragraph_moved", j, before[i], after[j])]))
    for i, j in _alike(olds, news, gone, come):
        inside = _inside(olds[i], news[j], j)
        told.append(((j, 1), [Change("paragraph_changed", j, before[i], after[j]), *inside]))
    told += [((stood[i], 0), [Change("paragraph_removed", i, before[i], None)]) for i in gone]
    told += [((j, 1), [Change("paragraph_added", j, None, after[j])]) for j in come]
    return [change for _, group in sorted(told, key=lambda t: t[0]) for change in group]


def places(before: VersionText, after: VersionText) -> dict[int, int]:
    """Earlier place → the later place before which it stood, of paragraphs not aligned."""
    return _unaligned([*map(plain, before.paragraphs)], [*map(plain, after.paragraphs)])[0]


def _unaligned(olds: list[str], news: list[str]) -> tuple[dict[int, int], list[int]]:
    """Paragraphs that are not in both versions in one order: earlier ones by where they stood."""
    stood: dict[int, int] = {}
    come: list[int] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag != "equal":
            stood |= dict.fromkeys(range(i1, i2), j1)
            come.extend(range(j1, j2))
    return stood, come


def _moved(
    olds: list[str], news: list[str], gone: list[int], come: list[int]
) -> list[tuple[int, int]]:
    """Equal paragraphs of both lists, in order; they leave the lists."""
    places: dict[str, list[int]] = defaultdict(list)
    for j in reversed(come):
        places[news[j]].append(j)
    pairs = [(i, places[olds[i]].pop()) for i in gone if places[olds[i]]]
    _leave(pairs, gone, come)
    return pairs


def _alike(
    olds: list[str], news: list[str], gone: list[int], come: list[int]
) -> list[tuple[int, int]]:
    """The most alike pairs, each paragraph in one at most; they leave the lists."""
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for j in come:
        said = Counter(_WORD.findall(news[j].casefold()))
        sizes[j] = said.total()
        for word, n in said.items():
            holders[word].append((j, n))
    scored: list[tuple[float, int, int, int]] = []
    for i in gone:
        said = Counter(_WORD.findall(olds[i].casefold()))
        shared: Counter[int] = Counter()
        for word, n in said.items():
            if len(holders[word]) <= COMMON:
                for j, m in holders[word]:
                    shared[j] += min(n, m)
        for j, n in shared.items():
            share = 2 * n / (said.total() + sizes[j])
            if share >= CHANGED:
                scored.append((-share, abs(i - j), i, j))
    pairs: list[tuple[int, int]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in taken_old and j not in taken_new:
            pairs.append((i, j))
            taken_old.add(i)
            taken_new.add(j)
    _leave(pairs, gone, come)
    return pairs


def _leave(pairs: list[tuple[int, int]], gone: list[int], come: list[int]) -> None:
    old, new = {i for i, _ in pairs}, {j for _, j in pairs}
    gone[:] = [i for i in gone if i not in old]
    come[:] = [j for j in come if j not in new]


def _inside(old: str, new: str, at: int) -> Iterator[Change]:
    """Figures and names that a changed paragraph has otherwise, in order."""
    old, new = _CODE.sub("", old), _CODE.sub("", new)
    for kind, was, now in (
        ("number", _FIGURE.findall(old), _FIGURE.findall(new)),
        ("name", _names(old), _names(new)),
    ):
        steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        dropped = [was[i1:i2] for tag, i1, i2, _, _ in steps if tag != "equal"]
        put = [now[j1:j2] for tag, _, _, j1, j2 in steps if tag != "equal"]
        kept = Counter(x for block in dropped for x in block) & Counter(
            x for block in put for x in block
        )  # those only changed places
        for out, into in zip(dropped, put, strict=True):
            for a, b in zip_longest(_without(out, Counter(kept)), _without(into, Counter(kept))):
                yield Change(kind, at, a, b)


def _without(values: list[str], kept: Counter[str]) -> list[str]:
    return [value for value in values if value not in kept]


def _names(text: str) -> list[str]:
    """Capitalised names in order; one capital at the head of a sentence tells nothing."""
    found = []
    for m in _NAME.finditer(text):
        name = _TRIM.sub("", m[0])
        one = " " not in name
        if one and (name.lower() in MONTHS or name.lower() in _DAYS or len(name) == 1):
            continue
        if one and not name.isupper() and _BEGINS.search(text, 0, m.start()):
            continue
        found.append(name)
    return found
