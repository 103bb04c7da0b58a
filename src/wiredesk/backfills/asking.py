"""The web for a backfill: addresses in, answers out, by the robots.txt that is known already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from wiredesk.backfills.door import Door
from wiredesk.errors import FetchError
from wiredesk.fetch.fetching import Answer, Ask, Fetching
from wiredesk.fetch.http import Web
from wiredesk.ingest import now
from wiredesk.model import Capture, Source


class Asker:
    """A context manager; the web is opened with the first address that is asked for."""

    def __init__(self, contact: str, secrets: Mapping[str, str]) -> None:
        self._contact, self._secrets = contact, secrets
        self._stack = ExitStack()
        self._fetching: Fetching[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, no: BaseException | None, at: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, no, at)

    def all(
        self, door: Door, source: Source, urls: Sequence[str]
    ) -> Iterator[tuple[str, Capture | FetchError]]:
        """What each address answers, in the order of coming."""
        fetching = self._opened(door)
        for url in urls:
            fetching.ask(Ask(source, url, None))
        for batch in fetching.answers():
            for ask, answer in batch:
                yield ask.url, _brought(ask.url, answer)

    def one(self, door: Door, source: Source, url: str) -> Capture | FetchError:
        """What an address answers."""
        ((_, answer),) = self.all(door, source, [url])
        return answer

    def robots(self) -> list[tuple[object, ...]]:
        """The robots.txt files that were fetched anew, as rows."""
        seen = self._fetching.web.robots_seen if self._fetching else []
        return [(r.origin, r.fetched_at, r.expires_at, r.status, r.body) for r in seen]

    def _opened(self, door: Door) -> Fetching[None]:
        if self._fetching is None:
            known = door.look(lambda warehouse: warehouse.robots(now())) or []
            self._fetching = self._stack.enter_context(
                Fetching(
                    lambda: Web(contact=self._contact, now=now, secrets=self._secrets, robots=known)
                )
            )
        return self._fetching


def _brought(url: str, answer: Answer) -> Capture | FetchError:
    """A 304 to a plain question is an error already, so nothing else can come."""
    return answer if isinstance(answer, Capture | FetchError) else FetchError(url, "HTTP 304", 304)
