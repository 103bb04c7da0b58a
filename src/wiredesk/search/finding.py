"""A question to a snapshot, and its hits: ranked by the index, shown from the snapshot's text.

The index knows the words of a story, not their order.  A phrase, and any name of several words
(O'Brien, Han), is looked for in the text of the best stories that hold its words, and no further
than `CANDIDATES` of them: the count is then one of those found, "at least".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from tantivy import Searcher

from wiredesk import places
from wiredesk.errors import UserError
from wiredesk.search.checking import Check
from wiredesk.search.index import EPOCH, MICROSECOND, opened
from wiredesk.search.query import parsed
from wiredesk.search.snippets import Passage, marked, snippet
from wiredesk.search.terms import Asked, Asking, Limits

MOST = 1000  #: hits of one search: each is read from the snapshot
CANDIDATES = 10  #: stories that are read for a phrase, for each hit that is wanted
MOST_READ = 200  #: of these, where fewer hits are wanted
AT_ONCE = 50  #: stories of one statement: DuckDB skips row groups by a list of 50 values, not more


class Searched(Protocol):
    """What is asked of a snapshot: the folder of its index, and its text."""

    def search_folder(self) -> Path: ...

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that was found, as its current version stands."""

    score: float
    story_id: int
    version_id: int
    version_at: datetime
    agency: str | None
    dateline: str | None
    persons: tuple[str, ...]
    url: str | None
    headline: Passage
    snippet: Passage


@dataclass(frozen=True, slots=True)
class Found:
    """How many stories there are, and the best of them."""

    stories: int
    hits: tuple[Hit, ...]
    at_least: bool = False  #: stories with the words of a phrase were left that nobody read


@dataclass(frozen=True, slots=True)
class _Place:
    """A document of the index: what it knows of a story."""

    score: float
    version_id: int
    version_at: datetime


@dataclass(frozen=True, slots=True)
class _Story:
    """What the snapshot says of a document."""

    place: _Place
    story_id: int
    agency: str | None
    headline: str
    dateline: str | None
    url: str | None
    body: str


def search(
    snapshot: Searched,
    words: str,
    *,
    place: str | None = None,
    person: str | None = None,
    agency: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 10,
    now: datetime,
) -> Found:
    """The stories that hold these words (query.py has the language), the best first.

    `place` is a name in the dateline or an ISO country, `since` and `until` ISO dates or times
    (UTC, a date as `until` included).  Raises UserError for a question that cannot be read.
    """
    if not 1 <= limit <= MOST:
        raise UserError(f"a search gives 1 to {MOST:,} stories, not {limit:,}")
    tree = parsed(_text(words))
    limits = Limits(
        _text(place) or None,
        _countries(_text(place)) if place else frozenset(),
        _text(person) or None,
        _text(agency) or None,
        _instant(since, "since"),
        _instant(until, "until", whole_day=True),
    )
    searcher = searcher_of(snapshot.search_folder())
    asked = Asking(searcher).asked(tree, limits, now)
    most = max(limit, min(limit * CANDIDATES, MOST_READ)) if asked.check else limit
    stories, best = _ranked(searcher, asked, most)
    if not asked.check:
        return Found(stories, _hits(snapshot, list(_told(snapshot, best)), asked))
    kept, read = _checked(snapshot, best, asked.check, limit)
    return Found(len(kept), _hits(snapshot, kept[:limit], asked), at_least=read < stories)


@lru_cache(maxsize=4)
def searcher_of(folder: Path) -> Searcher:
    """The index of a snapshot, open; a folder of a snapshot never changes, so it is kept."""
    with opened(folder) as index:
        return index.searcher()


def _ranked(searcher: Searcher, asked: Asked, most: int) -> tuple[int, list[_Place]]:
    result = searcher.search(asked.query, most)
    addresses = [address for _, address in result.hits]
    versions = searcher.fast_field_values("version_id", addresses)
    ats = searcher.fast_field_values("version_at", addresses)
    best = [
        _Place(score, int(version), EPOCH + int(at) * MICROSECOND)  # type: ignore[arg-type]
        for (score, _), version, at in zip(result.hits, versions, ats, strict=True)
    ]
    return result.count, best  # type: ignore[attr-defined]


def _checked(
    snapshot: Searched, best: Sequence[_Place], check: Check, limit: int
) -> tuple[list[_Story], int]:
    """Those that truly hold what was asked, no more than are wanted, and how many were read.

    Most that have the words have the phrase: so as many are read as are wanted, and then more.
    """
    kept: list[_Story] = []
    read = 0
    while read < len(best) and len(kept) < limit:
        few = best[read : read + (AT_ONCE if read else limit)]
        told = _told(snapshot, few)
        kept.extend(story for story in told if check.holds(story.headline, story.body))
        read += len(few)
    return kept, read


def _told(snapshot: Searched, places: Sequence[_Place]) -> Iterator[_Story]:
    texts = {version: rest for version, *rest in _rows(snapshot, "search_hits", places)}
    for place in places:
        if place.version_id in texts:
            yield _Story(place, *texts[place.version_id])


def _rows(snapshot: Searched, query: str, places: Sequence[_Place]) -> Iterator[tuple[Any, ...]]:
    for begin in range(0, len(places), AT_ONCE):
        few = places[begin : begin + AT_ONCE]
        ids, ats = [place.version_id for place in few], [place.version_at for place in few]
        yield from snapshot.rows(query, ids=ids, ats=ats)


def _hits(snapshot: Searched, stories: Sequence[_Story], asked: Asked) -> tuple[Hit, ...]:
    persons: defaultdict[int, list[str]] = defaultdict(list)
    for version, name in _rows(snapshot, "search_persons", [story.place for story in stories]):
        persons[version].append(name)
    return tuple(
        Hit(
            story.place.score,
            story.story_id,
            story.place.version_id,
            story.place.version_at,
            story.agency,
            story.dateline,
            tuple(persons[story.place.version_id]),
            story.url,
            marked(story.headline, asked.marks),
            snippet(story.body, asked.marks),
        )
        for story in stories
    )


def _text(said: str | None) -> str:
    """What was typed, without bytes that are no text: a shell hands them on as lone surrogates."""
    return (said or "").encode("utf-8", "replace").decode()


def _countries(place: str) -> frozenset[str]:
    """The countries that a name may mean, or the code itself."""
    code = place.strip().upper()
    named = {found for found in places.load().qualifier(place) if len(found) == 2}
    return frozenset(named | ({code} if len(code) == 2 else set()))


def _instant(said: str | None, option: str, *, whole_day: bool = False) -> datetime | None:
    """An ISO date or time in UTC; the day after a date where the whole day is meant."""
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said.strip())
        if whole_day and _is_date(said):
            at += timedelta(days=1)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise UserError(f"--{option} {said!r} is not a date; write it as 2026-03-31") from None


def _is_date(said: str) -> bool:
    try:
        date.fromisoformat(said.strip())
    except ValueError:
        return False
    return True
