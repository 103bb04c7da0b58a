"""When a source is polled next, and whether a poll may have missed something.  Pure.

The aim is that a quarter of what a poll lists is new: then three polls in a row would have to fail
before the window of a feed has moved past what was last seen.  So after a poll the interval is
scaled by QUARTER / (new ÷ listed), within half and one and a half times, and a poll that brings
nothing lengthens it by half.  Two polls that share no story are a gap: the interval drops to a
quarter.  `min` and `max` of the source bound it all.

Of the feed's own hints `ttl` and Cache-Control raise the lower bound, because a cache would only
answer the same again, and `sy:updatePeriod` is where the interval starts.  Hints are set once and
forgotten, so none is believed further than the feed bears it out: a lower bound counts only while
no more than a quarter of a poll is new, and a start lies at most at PATIENCE times `every`.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wiredesk.errors import FetchError, Gone, Soft, Temporary
from wiredesk.model import Source

QUARTER = 0.25
SLOWER = 1.5
FASTER = 0.5
AFTER_A_GAP = 0.25
PATIENCE = 4
HIDDEN = "***"  #: what stands for a secret in what is kept
HOLD = timedelta(days=7)  #: how long a permanent redirect must stand before it is believed


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands after its latest poll."""

    polled_at: datetime
    url: str
    outcome: str  #: new, unchanged, temporary, soft, hard, gone
    failures: int
    interval: int  #: seconds
    next_at: datetime | None  #: None: retired
    listing: str | None  #: sha256 of the latest listing that differed
    seen_at: datetime | None = None  #: when a poll last went well
    strange: int = 0  #: polls in a row, up to this one, that another site answered


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll of a source brought."""

    source: Source
    at: datetime
    url: str
    listed: int = 0
    new: int = 0
    shared: int | None = None  #: stories that the poll before listed too; None: there was none
    unchanged: bool = False
    error: FetchError | None = None
    hint: int = 0  #: seconds for which the feed or its cache headers say it stays as it is
    period: int | None = None  #: seconds in which the feed says it changes: sy:updatePeriod
    listing: str | None = None
    more: bool = False  #: more waits than one poll may fetch


def due(standing: Standing | None, now: datetime) -> bool:
    """Whether a source should be polled: never polled before, or its time has come."""
    return standing is None or (standing.next_at is not None and standing.next_at <= now)


def gap(poll: Poll) -> bool:
    """Two polls that share no story mean that some may have come and gone between them."""
    return poll.shared == 0 and poll.listed > 0


def kind_of(error: FetchError) -> str:
    """The word for an error in ops.polls, by type."""
    if isinstance(error, Gone):
        return "gone"
    if isinstance(error, Temporary):
        return "temporary"
    return "soft" if isinstance(error, Soft) else "hard"


def after(poll: Poll, before: Standing | None, wait: timedelta) -> Standing:
    """How the source stands after a poll; `wait` is the pause that its error calls for."""
    source = poll.source
    interval: float = before.interval if before else source.every
    listing = poll.listing or (before.listing if before else None)
    if poll.error is not None:
        failures = (before.failures if before else 0) + 1
        outcome = kind_of(poll.error)
        later = None if outcome == "gone" else poll.at + max(wait, timedelta(seconds=source.min))
        seen = before.seen_at if before else None
        return Standing(poll.at, poll.url, outcome, failures, int(interval), later, listing, seen)
    if poll.unchanged or (before and before.listing):
        interval = _adapted(poll, interval)
    elif poll.period:
        interval = min(poll.period, PATIENCE * source.every)
    seconds = _bounded(source, interval, 0 if _hurried(poll) else poll.hint)
    outcome = "unchanged" if poll.unchanged else "new"
    later = poll.at + timedelta(seconds=seconds)
    return Standing(poll.at, poll.url, outcome, 0, seconds, later, listing, poll.at)


def _adapted(poll: Poll, interval: float) -> float:
    if gap(poll):
        return interval * AFTER_A_GAP
    if poll.more:
        return interval * FASTER
    if poll.unchanged or not poll.new:
        return interval * SLOWER
    return interval * min(SLOWER, max(FASTER, QUARTER * poll.listed / poll.new))


def _hurried(poll: Poll) -> bool:
    """Whether what came is more than the aim: then the feed's own hints are wrong."""
    return gap(poll) or poll.more or poll.new > QUARTER * poll.listed


def _bounded(source: Source, interval: float, hint: int) -> int:
    floor = min(max(source.min, hint), source.max)
    return int(min(max(interval, floor), source.max))


def shared(listed: Set[int], before: Set[int]) -> int | None:
    """How many stories two polls share; None where the earlier is not known."""
    return len(listed & before) if before else None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an address said it has moved for good, and since when it says so."""

    target: str | None
    since: datetime


def effective(url: str, moves: dict[str, Moved], now: datetime) -> str:
    """The address to ask: moves are followed once they have stood for a week.

    One whose target held the source's secret, which is hidden, leads nowhere.
    """
    seen = {url}
    while (moved := moves.get(url)) and moved.target and now - moved.since >= HOLD:
        if moved.target in seen or HIDDEN in moved.target:  # a circle of moves is no move
            break
        url = moved.target
        seen.add(url)
    return url


def noted(moves: dict[str, Moved], url: str, target: str | None, now: datetime) -> Moved | None:
    """The move to record when `url` answered (target None: by itself); None if nothing changed."""
    known = moves.get(url)
    if (known.target if known else None) == target:
        return None
    return replace(known, target=target, since=now) if known else Moved(target, now)
