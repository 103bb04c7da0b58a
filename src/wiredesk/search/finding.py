"""A question to a snapshot, and its hits: ranked by the index, shown from the snapshot's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from tantivy import Query, Searcher

from wiredesk import places
from wiredesk.errors import UserError
from wiredesk.search.index import EPOCH, MICROSECOND, instant, opened
from wiredesk.search.query import parsed
from wiredesk.search.snippets import Passage, marked, snippet
from wiredesk.search.terms import Asking, Limits

MOST = 1000  #: hits of one search: each is read from the snapshot


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


@dataclass(frozen=True, slots=True)
class _Place:
    """A document of the index: what it keeps of a story."""

    score: float
    version_id: int
    story_id: int
    version_at: datetime
    persons: tuple[str, ...]


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
    stories, best = _ranked(searcher, asked.query, limit)
    if not best:
        return Found(0, ())
    texts = {
        version: rest
        for version, *rest in snapshot.rows(
            "search_hits",
            ids=[doc.version_id for doc in best],
            ats=[doc.version_at for doc in best],
        )
    }
    return Found(
        stories,
        tuple(
            _hit(doc, texts[doc.version_id], asked.marks) for doc in best if doc.version_id in texts
        ),
    )


@lru_cache(maxsize=4)
def searcher_of(folder: Path) -> Searcher:
    """The index of a snapshot, open; a folder of a snapshot never changes, so it is kept."""
    with opened(folder) as index:
        return index.searcher()


def _ranked(searcher: Searcher, query: Query, limit: int) -> tuple[int, list[_Place]]:
    result = searcher.search(query, limit)
    best = []
    for score, address in result.hits:
        kept = searcher.doc(address)
        best.append(
            _Place(
                score,
                kept.get_first("version_id"),  # type: ignore[arg-type]
                kept.get_first("story_id"),  # type: ignore[arg-type]
                EPOCH + kept.get_first("microseconds") * MICROSECOND,  # type: ignore[operator]
                tuple(kept.get_all("persons")),
            )
        )
    return result.count, best  # type: ignore[attr-defined]


def _hit(doc: _Place, text: Sequence[Any], marks: frozenset[tuple[str, ...]]) -> Hit:
    agency, headline, dateline, url, body = text
    return Hit(
        *(doc.score, doc.story_id, doc.version_id, doc.version_at, agency, dateline, doc.persons),
        *(url, marked(headline or "", marks), snippet(body, marks)),
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
        return instant(at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise UserError(f"--{option} {said!r} is not a date; write it as 2026-03-31") from None


def _is_date(said: str) -> bool:
    try:
        date.fromisoformat(said.strip())
    except ValueError:
        return False
    return True
