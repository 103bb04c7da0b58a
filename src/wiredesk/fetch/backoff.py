"""Backoff: when a source that failed is asked again, by the kind of its failure."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from wiredesk.errors import FetchError, Permanent, Soft

Kind = Literal["temporary", "soft", "hard"]

# The first wait and the longest.  A server that is down comes back in minutes or hours; a refusal
# or a consent page waits for a person's working day; a page that is gone is looked at for a week.
WAITS: dict[Kind, tuple[timedelta, timedelta]] = {
    "temporary": (timedelta(minutes=1), timedelta(hours=6)),
    "soft": (timedelta(hours=1), timedelta(days=1)),
    "hard": (timedelta(days=1), timedelta(days=7)),
}
DOUBLINGS = 20  # a minute doubled twenty times is two years: past every cap


def kind(no: FetchError) -> Kind:
    """The kind of a failure, by its type."""
    if isinstance(no, Permanent):
        return "hard"
    return "soft" if isinstance(no, Soft) else "temporary"


def backoff(kind: Kind, failures: int, wait: float | None, chance: float) -> timedelta:
    """How long to leave a source alone after its n-th failure of a kind in a row (n ≥ 1).

    The wait doubles with each failure up to the kind's cap.  `chance` in [0, 1) spreads it over
    its upper half, so that sources that failed together do not come back together.  `wait` is the
    server's Retry-After in seconds: it is never undercut, and the jitter comes on top of it.
    """
    first, longest = WAITS[kind]
    full = min(first * (1 << min(max(failures, 1) - 1, DOUBLINGS)), longest)
    jittered = full * (0.5 + chance / 2)
    if wait is None or wait <= jittered.total_seconds():
        return jittered
    return timedelta(seconds=wait * (1 + chance / 10))
