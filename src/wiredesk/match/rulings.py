"""Which stories a notice means: by id, else by the headline it quotes, else by slug or topic.

Similarity of headlines: 2 × the characters in common runs / the characters of both (difflib's
ratio), on the words without labels, codes and punctuation, casefolded; from 0 to 1.  Headlines
with other figures are others: `rises 5 pct` is 0.97 of `rises 6 pct`, so there it is capped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Protocol

from wiredesk.extract.headline import read_headline
from wiredesk.match.normal import words
from wiredesk.match.takes import slug_base

#: Two headlines are one from here on: a slip of a letter or a dropped attribution leave 0.93, a
#: changed verb (`port shuts`, `port opens`) 0.85.
SAME = 0.9
#: What headlines with other figures come to at most.
OTHER_FIGURES = 0.85
#: A number is used again every day; where headline and number disagree beyond this, the number is
#: that of another day's item.
DISAGREE = 0.6
REACH = timedelta(days=14)
#: Datelines and times of web pages are local: the printed day may be one off the UTC day.
OFF = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Target:
    """A version of a story that may be meant."""

    story_id: int
    at: datetime
    agency: str | None
    native_id: str | None
    url: str | None
    slug: str | None
    headline: str | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A story that a notice takes; without a target a tombstone, so that a late original stays
    hidden.

    `held`: the order is not to be carried out before a person has decided, because it would take
    too many stories, or names none at all.
    """

    target: int | None  #: story id
    evidence: str  #: a phrase for people
    score: float  #: 0 to 1
    held: bool


class Names(Protocol):
    """What of a notice says which item it means."""

    @property
    def quoted(self) -> str | None: ...
    @property
    def reference(self) -> str | None: ...
    @property
    def slug(self) -> str | None: ...
    @property
    def day(self) -> date | None: ...


def rule(
    notice: Names,
    notice_agency: str | None,
    at: datetime,
    candidates: Sequence[Target],
    most: int = 3,
) -> tuple[Ruling, ...]:
    """The stories that a notice sent `at` takes, the surest first, one ruling a story.

    Candidates are stories of the same agency up to 14 days before the notice, or of the day it
    names; addresses and global ids are believed from any time.  The order of candidates makes no
    difference; the notice itself and other notices must not be among them, for they share slug and
    words.  More than `most` stories are all held.
    """
    known = sorted(set(candidates), key=lambda t: (t.story_id, t.at, t.headline or ""))
    house = [t for t in known if (t.agency or "").casefold() == (notice_agency or "").casefold()]
    before = [t for t in house if t.at <= _latest(at)]
    near = [t for t in before if _in_reach(t, notice.day, at)]
    found = (
        _take(before, lambda t: _by_id(notice, t), "id")
        or _newest(near, lambda t: _by_number(notice, t), "number")
        or _best(near, lambda t: _by_headline(notice, t), "headline")
        or _take(near, lambda t: _by_slug(notice, t), "slug")
        or _take(near, lambda t: _by_topic(notice, t), "topic")
    )
    if not found:
        nameless = not (notice.reference or notice.quoted or notice.slug)
        return (Ruling(None, "names no story" if nameless else "no such story", 0.0, nameless),)
    held = len(found) > most
    phrase = " of several, too many at once" if held else ""
    rulings = (Ruling(t, f"same {by}{phrase}", round(s, 4), held) for t, (s, by) in found.items())
    return tuple(sorted(rulings, key=lambda r: (-r.score, r.target or 0)))


def similar(a: str, b: str) -> float:
    """How alike two headlines are, 0 to 1; symmetric, 1.0 for the same words.

    A headline that breaks off (`Port shuts as …`) is compared with as many words of the other.
    """
    one, other = sorted((_said(a), _said(b)))
    if not one or not other:
        return 0.0
    for cut, whole, printed in ((_said(a), _said(b), a), (_said(b), _said(a), b)):
        if printed.rstrip().endswith(("...", "…")) and 3 <= len(cut) < len(whole):
            one, other = sorted((cut, whole[: len(cut)]))
    ratio = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio()
    return ratio if _figures(one) == _figures(other) else min(ratio, OTHER_FIGURES)


def _said(headline: str) -> list[str]:
    return words(read_headline(headline).headline or headline)


def _figures(said: Iterable[str]) -> list[str]:
    return sorted(word for word in said if any(c.isdigit() for c in word))


def _latest(at: datetime) -> datetime:
    """A notice that bears a date and no hour may come at any time of its day."""
    midnight = (at.hour, at.minute, at.second) == (0, 0, 0)
    return at + timedelta(days=1) if midnight else at


def _in_reach(target: Target, day: date | None, at: datetime) -> bool:
    if day:
        return abs(target.at.date() - day) <= OFF
    return target.at >= at - REACH


Found = dict[int, tuple[float, str]]


def _take(targets: Sequence[Target], score: Callable[[Target], float], by: str) -> Found:
    """Story → (score, evidence), of every story with a score."""
    found: Found = {}
    for t in targets:
        if (s := score(t)) > found.get(t.story_id, (0.0, by))[0]:
            found[t.story_id] = (s, by)
    return found


def _best(targets: Sequence[Target], score: Callable[[Target], float], by: str) -> Found:
    """Only those as good as the best: next to the very headline, one of like words is another's."""
    found = _take(targets, score, by)
    top = max((s for s, _ in found.values()), default=0.0)
    return {story: kept for story, kept in found.items() if kept[0] == top}


def _newest(targets: Sequence[Target], score: Callable[[Target], float], by: str) -> Found:
    """Only the latest, for numbers begin again every day."""
    named = [t for t in targets if score(t)]
    last = max((t.at for t in named), default=None)
    return _take([t for t in named if t.at == last], score, by)


_ID = re.compile(r"(?:urn:|tag:|https?://)\S+|n?(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{7,16}|V\d{3,5}")


def _by_id(notice: Names, target: Target) -> float:
    """1.0 where an id of its own kind stands in the target's id or address."""
    reference = notice.reference or ""
    if not _ID.fullmatch(reference):
        return 0.0
    for name in filter(None, (target.native_id, target.url)):
        if name.rstrip("/").casefold() == reference.rstrip("/").casefold():
            return 1.0
        # …newsml_L1N2K0ABC, slug-idUSL1N2K0ABC20240301
        bare = re.escape(reference.removeprefix("n"))
        if "://" not in reference and re.search(
            rf"(?:^|[^A-Z0-9]|id(?:[A-Z]{{2}})?|_n?){bare}(?:(?:19|20)\d{{6}})?(?![A-Za-z0-9])",
            name,
        ):
            return 1.0
    return 0.0


_NUMBERED = re.compile(r"(?:[A-Za-z]{2,8}[ -]?)?0*(\d{1,5})")


def _by_number(notice: Names, target: Target) -> float:
    """Where the agency's running number is the same and the headline does not say otherwise."""
    stated = _NUMBERED.fullmatch(notice.reference or "")
    borne = _NUMBERED.fullmatch(target.native_id or "")
    if not stated or not borne or int(stated[1]) != int(borne[1]):
        return 0.0
    if notice.quoted and target.headline:
        alike = similar(notice.quoted, target.headline)
        return alike if alike >= DISAGREE else 0.0
    return 0.95


def _by_headline(notice: Names, target: Target) -> float:
    alike = similar(notice.quoted or "", target.headline or "")
    return alike if alike >= SAME else 0.0


def _by_slug(notice: Names, target: Target) -> float:
    """The slug, where no quoted headline says that another story of it is meant."""
    if not notice.slug or not target.slug or slug_base(notice.slug) != slug_base(target.slug):
        return 0.0
    if notice.quoted and target.headline:
        alike = similar(notice.quoted, target.headline)
        return alike if alike >= DISAGREE else 0.0
    return 0.8


def _by_topic(notice: Names, target: Target) -> float:
    """Every word of a topic of two or more in headline or slug, plurals aside."""
    topic = {*map(_singular, words(notice.slug or ""))}
    if notice.quoted or len(topic) < 2:
        return 0.0
    said = {*map(_singular, words(f"{target.headline or ''} {target.slug or ''}"))}
    return 0.7 if topic <= said else 0.0


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word
