"""Asks go in, answers come out: the event loop of the web in a thread of its own.

The shell that decides and loads stays plain sequential code; while it loads one batch of answers,
the next ones come in.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import monotonic
from types import TracebackType
from typing import Generic, TypeVar

from wiredesk.errors import FetchError
from wiredesk.fetch.http import Web
from wiredesk.model import Capture, Source, Unchanged, Validators

T = TypeVar("T")
Answer = Capture | Unchanged | FetchError

BATCH_BYTES = 4 << 20
BATCH_ANSWERS = 500
QUIET = 1.0  #: seconds without an answer after which those that came are handled
ROOM = 8 << 20  #: bytes of answers that may wait to be handled before no more is asked


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """One address to ask for a source; `why` is what the asker needs to know it by."""

    source: Source
    url: str
    why: T
    known: Validators | None = None


class Fetching(Generic[T]):
    """A context manager; `answers()` ends when every ask has been answered."""

    def __init__(self, open_web: Callable[[], Web]) -> None:
        self._open_web = open_web
        self._answers: SimpleQueue[tuple[Ask[T], Answer | BaseException]] = SimpleQueue()
        self._ready = threading.Event()
        self._waiting = 0  # bytes of answers not taken yet
        self.outstanding = 0
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    def __enter__(self) -> Fetching[T]:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, no: BaseException | None, at: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def ask(self, ask: Ask[T]) -> None:
        """Queue one request."""
        self.outstanding += 1
        self._loop.call_soon_threadsafe(self._begin, ask)

    def answers(self) -> Iterator[list[tuple[Ask[T], Answer]]]:
        """Answers in batches: when enough are there, or none has come for a while."""
        while self.outstanding:
            batch = [self._taken(self._answers.get())]
            size, until = _size(batch[0][1]), monotonic() + QUIET
            while len(batch) < BATCH_ANSWERS and size < BATCH_BYTES and self.outstanding:
                try:
                    batch.append(self._taken(self._answers.get(timeout=until - monotonic())))
                except (Empty, ValueError):  # ValueError: the time is up
                    break
                size += _size(batch[-1][1])
            yield batch

    def _taken(self, found: tuple[Ask[T], Answer | BaseException]) -> tuple[Ask[T], Answer]:
        ask, answer = found
        self.outstanding -= 1
        if isinstance(answer, BaseException) and not isinstance(answer, FetchError):
            raise answer
        self._waiting -= _size(answer)
        return ask, answer

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        async with self._open_web() as self.web:
            self._ready.set()
            await self._stop.wait()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, ask: Ask[T]) -> None:
        task = self._loop.create_task(self._answer(ask))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, ask: Ask[T]) -> None:
        while self._waiting > ROOM:
            await asyncio.sleep(0.05)
        try:
            answer: Answer | BaseException = await self.web.get(ask.source, ask.url, ask.known)
        except Exception as no:  # noqa: BLE001 - carried to the shell, which raises what is a bug
            answer = no
        if not isinstance(answer, BaseException):
            self._waiting += _size(answer)
        self._answers.put((ask, answer))


def _size(answer: Answer) -> int:
    return len(answer.body) if isinstance(answer, Capture) else 0
