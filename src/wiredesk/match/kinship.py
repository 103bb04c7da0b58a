"""What two stories are to each other: a reprint, a repeat, a chain, a translation, or nothing.

    reprint_of      another house's copy of a text, whole or trimmed
    repeat          the house sends its own text again, to the word: a new date, another number
    chain           the house writes one running story on
    translation_of  the same item in another language
    related         much in common and none of these: the same event, the column of another day

The direction is read from who carried them and when, never from the order in which they came.
Thresholds are chosen on half of 2,534 labelled agency stories, reprints and look-alikes and of
4,201 labelled versions, and hold on the other half; the figures stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from wiredesk.extract.headline import FIX, VERSION
from wiredesk.match.chains import Mark, marks
from wiredesk.match.normal import compared, figures, runs, words
from wiredesk.match.portrait import Portrait

__all__ = ["WINDOW", "Kin", "Portrait", "kinship", "original"]

#: How far apart two copies may lie.  A crowd of 20,000 stories of three years gives 0.4 candidates
#: a story within 3 days, 0.6 within 7, 1.8 within 30; texts sent again after a holiday lie 3 to 5.
WINDOW = timedelta(days=7)
#: Versions of one running story: 0.99 of the labelled ones lie within 43 hours, all within 68.
CHAIN = timedelta(hours=72)
#: Where a label alone tells the chain, for which the words vouch less.
LABELLED = timedelta(hours=48)
#: Reprints: at the worst scanned and trimmed 0.64 of the runs of three words are left, and of
#: look-alikes at most 17 pairs in 3,925 share 0.5, all of them real updates of one story.
REPRINT = 0.5
#: A text of few words, as a dividend notice, is like every other of its form: below BRIEF words
#: it must be there nearly whole.
BRIEF, BRIEF_REPRINT = 60, 0.8
#: Below this share of runs, the figures must agree too: a scanner spoils few of them, and the
#: same column of another day changes them all.
PLAIN, FIGURES = 0.8, 0.4
#: A reprint shares something with its original in every fifth of it, at the worst 0.31 of a fifth
#: of 1,058 labelled ones; two stories over one boilerplate (`About Tallow Robotics …`) share all
#: of one end and nothing of the other.
SPREAD = 0.25
#: The same text again: shared runs over all runs of both.  Updates that change one figure or name
#: of a short story lie below.
REPEAT = 0.95
#: Running stories: of labelled pairs none lies below 0.54 (share of the shorter one's runs) and
#: 1 in 1,548 below 0.3 (shared over all); of look-alikes within CHAIN 30 and 21 lie above.
RUNNING, OVERLAP = 0.5, 0.3
RELATED = 0.3
#: Share of the shorter headline's words that stand in the longer one, where a label says UPDATE.
HEADLINES = 0.6
#: Fewer words are a notice (`Following are recent comments on policy:`), the same every month.
SHORTEST = 20


@dataclass(frozen=True, slots=True)
class Kin:
    a: int  #: story id of the later or derived one
    b: int  #: story id of the earlier one, or the original
    relation: str  #: reprint_of, repeat, chain, translation_of, related
    #: 0 to 1: of a reprint, the share of its runs of words that stand in the original; else of
    #: the shorter one's that stand in the longer
    score: float
    evidence: str  #: a phrase for people
    trimmed: float | None = None  #: share of the original's words that are gone, of a reprint
    credited: bool | None = None  #: whether a reprint names the agency
    running: bool = False  #: whether both are versions of one running story, which makes a chain


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two stories in their order, and what they have in common."""

    later: Portrait
    earlier: Portrait
    shared: frozenset[Mark]
    covered: float  #: share of the later one's runs of words that stand in the earlier
    contained: float  #: of the shorter one's in the longer
    alike: float  #: shared runs over all runs of both

    @property
    def apart(self) -> timedelta:
        return abs(self.later.at - self.earlier.at)

    @property
    def brief(self) -> int:
        return min(len(compared(self.later.body)), len(compared(self.earlier.body)))

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _, _ in self.shared}

    def kin(self, relation: str, evidence: str, *, running: bool = False) -> Kin:
        ids = self.later.story_id, self.earlier.story_id
        return Kin(*ids, relation, round(self.contained, 4), evidence, running=running)


def kinship(a: Portrait, b: Portrait) -> Kin | None:
    """How two stories are kin, or None.  Symmetric in its arguments."""
    if a.story_id == b.story_id or abs(a.at - b.at) > WINDOW:
        return None
    earlier, later = sorted((a, b), key=_precedence)
    pair = _compared(later, earlier)
    if a.language and b.language and a.language != b.language and pair.contained < RELATED:
        return _translation(pair)
    return _own_again(pair) if a.house == b.house else _carried(pair)


def original(members: Iterable[Portrait]) -> int:
    """The story id of the original among copies of one story."""
    return min(members, key=_precedence).story_id


def _precedence(p: Portrait) -> tuple[bool, datetime, int, int, int, int]:
    """Lower is likelier the original: an agency's own, the earlier, the better marked, the longer.

    A paper's clock or a feed's may run before the agency's, so the agency's own copy comes first.
    """
    version = max((n or 0 for _, n in p.labels), default=0)
    marked = sum(map(bool, (p.dateline, p.credited, p.agency, _numbered(p))))
    return (not p.own, p.at, version, -marked, -len(p.body), p.story_id)


def _compared(later: Portrait, earlier: Portrait) -> _Pair:
    new, old = compared(later.body), compared(earlier.body)
    common = len(new & old)
    shared = marks(later) & marks(earlier)
    if not common:
        return _Pair(later, earlier, shared, 0.0, 0.0, 0.0)
    contained = common / min(len(new), len(old))
    alike = common / (len(new) + len(old) - common)
    return _Pair(later, earlier, shared, common / len(new), contained, alike)


def _carried(pair: _Pair) -> Kin | None:
    """reprint_of or related, of two stories of different houses.

    A copy that is longer than the agency's own is measured by what of it is the agency's: a story
    that takes one paragraph over is none.  Where no agency's own is known, the longer of two
    copies may as well be the later one.
    """
    share = pair.covered if pair.earlier.own else pair.contained
    if not _share_enough(pair, share):
        return _related(pair)
    later, earlier = pair.later, pair.earlier
    gone = max(0.0, 1 - len(runs(later.body)) / len(runs(earlier.body)))
    credited = later.agency is not None and later.agency == (earlier.agency or later.agency)
    says = f"{pair.covered:.0%} of its words, {gone:.0%} trimmed"
    ids = later.story_id, earlier.story_id
    return Kin(*ids, "reprint_of", round(pair.covered, 4), says, round(gone, 4), credited)


def _share_enough(pair: _Pair, share: float) -> bool:
    if share < (REPRINT if pair.brief >= BRIEF else BRIEF_REPRINT) or pair.brief < SHORTEST:
        return False
    return _spread(pair) >= SPREAD and (share >= PLAIN or _figures(pair) >= FIGURES)


def _own_again(pair: _Pair) -> Kin | None:
    """repeat, chain or related, of two stories that one house carried.

    Items that bear numbers run on under one of them: the same slug under another number is the
    next story of the day, and the same words under another number a copy; unless a label says
    UPDATE, for the first update takes a number of its own.  An update is later than what it
    updates: what a paper carries twice at one time is one text, cut in two ways.
    """
    numbered = _numbered(pair.later) and _numbered(pair.earlier)
    running = bool(pair.kinds) and ("number" in pair.kinds or not numbered)
    if pair.alike >= REPEAT and _same_text(pair):
        return pair.kin("repeat", "the same words again", running=running)
    if not (pair.apart or pair.earlier.own) and _share_enough(pair, pair.contained):
        return pair.kin("repeat", f"at the same time, {pair.contained:.0%} of the words")
    if pair.apart > CHAIN:
        return _related(pair)
    if running and pair.contained >= RUNNING and pair.alike >= OVERLAP:
        by = f"same {' and '.join(sorted(pair.kinds))}, {pair.contained:.0%} of the words"
        return pair.kin("chain", by, running=True)
    return _labelled(pair) or _related(pair)


def _numbered(p: Portrait) -> bool:
    return any(kind == "number" for kind, _, _ in marks(p))


def _same_text(pair: _Pair) -> bool:
    """No correction, no mere notice, and after days no figure changed."""
    mended = {label for label, _ in pair.later.labels} ^ {label for label, _ in pair.earlier.labels}
    if mended & set(FIX):
        return False
    if pair.brief < SHORTEST:
        return "number" in pair.kinds and pair.apart <= CHAIN
    return pair.apart <= CHAIN or figures(pair.later.body) == figures(pair.earlier.body)


def _labelled(pair: _Pair) -> Kin | None:
    """A chain by its label: UPDATE 2 of the same slug says so, however much was written anew."""
    versions = {name for p in (pair.later, pair.earlier) for name, _ in p.labels} & set(VERSION)
    if not versions or not pair.kinds or pair.apart > LABELLED:
        return None
    one, other = (set(words(p.headline or "")) for p in (pair.later, pair.earlier))
    if not one or not other or len(one & other) / min(len(one), len(other)) < HEADLINES:
        return None
    by = f"{min(versions)} of the same {' and '.join(sorted(pair.kinds))}"
    return pair.kin("chain", by, running=True)


def _translation(pair: _Pair) -> Kin | None:
    by = sorted(pair.kinds & {"number", "stem"})
    tongues = f"{pair.earlier.language} into {pair.later.language}"
    return pair.kin("translation_of", f"same {by[0]}, {tongues}") if by else None


def _related(pair: _Pair) -> Kin | None:
    """Much in common, beyond a boilerplate at one end.

    An update of one house may keep just the end, and under another headline: where half is kept
    it counts, for a reprint of either would else join both.
    """
    if pair.contained < RELATED or pair.brief < SHORTEST:
        return None
    kept = pair.later.house == pair.earlier.house and pair.contained >= RUNNING
    if not (kept or pair.shared or _spread(pair)):
        return None
    return pair.kin("related", f"{pair.contained:.0%} of the words of the shorter")


def _spread(pair: _Pair) -> float:
    """The least share that a fifth of the shorter one has in the longer."""
    new, old = pair.later.body, pair.earlier.body
    short, other = sorted((new, old), key=lambda body: (len(runs(body)), body))
    said, held = runs(short), compared(other)
    cuts = [len(said) * fifth // 5 for fifth in range(6)]
    fifths = (said[start:end] for start, end in pairwise(cuts))
    return min(sum(run in held for run in fifth) / len(fifth) for fifth in fifths)


def _figures(pair: _Pair) -> float:
    """Share of the figures of the one with fewer that the other has; 1 where there are few."""
    one, other = figures(pair.later.body), figures(pair.earlier.body)
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= 4 else 1.0
