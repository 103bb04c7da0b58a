"""Batch: what passed a stage, and what was turned away there and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from wiredesk.errors import NotAStory, Rejected

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing that a stage turned away.

    `item` is its native id where it has one, `locator` the capture it came in, `where` the place
    in that capture for people; `ordinal` is the last ordinal before it, which keeps input order.
    """

    stage: str
    locator: str
    code: str
    detail: str
    where: str | None = None
    item: str | None = None
    ordinal: int = -1
    dropped: bool = False  #: no story, and nothing wrong with it (NotAStory)


@dataclass(frozen=True, slots=True)
class Batch(Generic[T]):
    """Values that passed so far, and the rejects of every stage so far, both in input order."""

    passed: tuple[T, ...] = ()
    rejects: tuple[Reject, ...] = ()

    def __iter__(self) -> Iterator[T]:
        return iter(self.passed)

    def __len__(self) -> int:
        return len(self.passed)

    def each(
        self, stage: str, step: Callable[[T], U], name: Callable[[T], tuple[str, str | None, int]]
    ) -> Batch[U]:
        """Apply `step` to each value; a `Rejected` becomes a `Reject`, any other error is a bug.

        `name` gives a value's locator, native id and ordinal.
        """
        passed: list[U] = []
        rejects = list(self.rejects)
        for value in self.passed:
            try:
                passed.append(step(value))
            except Rejected as no:
                locator, item, ordinal = name(value)
                dropped = isinstance(no, NotAStory)
                why = (no.code, no.detail, no.where)
                rejects.append(Reject(stage, locator, *why, item, ordinal, dropped))
        return Batch(tuple(passed), tuple(rejects))


def gather(
    stage: str, locator: str, values: Iterable[T | Rejected], ordinal: Callable[[T], int]
) -> Batch[T]:
    """Collect a parser's output, in which a `Rejected` stands where an item could not be read.

    A parser may also raise `Rejected`: what it gave before that is kept.
    """
    passed: list[T] = []
    rejects: list[Reject] = []
    last = -1

    def turned_away(no: Rejected) -> Reject:
        dropped = isinstance(no, NotAStory)
        return Reject(stage, locator, no.code, no.detail, no.where, None, last, dropped)

    try:
        for value in values:
            if isinstance(value, Rejected):
                rejects.append(turned_away(value))
            else:
                passed.append(value)
                last = ordinal(value)
    except Rejected as no:
        rejects.append(turned_away(no))
    return Batch(tuple(passed), tuple(rejects))
