"""Asks go in, answers come out: the event loop of the web in a thread of its own.

The shell that decides and loads stays plain sequential code; while it loads one batch of answers,
the next ones come in.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
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
QUIET = 1.0  #: seconds from the first answer of a batch until it is handled, however few there are
ROOM = 8 << 20  #: bytes of answers that may wait to be handled before no more is asked
#: Asks that are with the web at once: what they bring comes on top of ROOM.  More than the web's
#: own 200 requests, because it holds asks back that wait for robots.txt or for their host.
AT_ONCE = 400
#: and those of one host among them, so that one with hundreds of pages leaves room for the others;
#: twice what a source may have under way
OF_A_HOST = 16


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
        self._answers: SimpleQueue[tuple[Ask[T], Answer] | BaseException] = SimpleQueue()
        self._ready = threading.Event()
        self._came = self._taken = 0  # bytes of answers; each counted by one thread alone
        self._failed: BaseException | None = None
        self.outstanding = 0
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    def __enter__(self) -> Fetching[T]:
        self._thread.start()
        self._ready.wait()
        if self._failed:
            self._thread.join()
            raise self._failed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, no: BaseException | None, at: TracebackType | None
    ) -> None:
        with suppress(RuntimeError):  # the loop is closed: the thread has ended by itself
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        if self._failed and no is None:
            raise self._failed

    def ask(self, ask: Ask[T]) -> None:
        """Queue one request."""
        self.outstanding += 1
        self._loop.call_soon_threadsafe(self._begin, ask)

    def answers(self) -> Iterator[list[tuple[Ask[T], Answer]]]:
        """Answers in batches: when enough are there, or the first has waited for a while."""
        while self.outstanding:
            batch = [self._take(self._answers.get())]
            size, until = _size(batch[0][1]), monotonic() + QUIET
            while len(batch) < BATCH_ANSWERS and size < BATCH_BYTES and self.outstanding:
                try:
                    batch.append(self._take(self._answers.get(timeout=until - monotonic())))
                except (Empty, ValueError):  # ValueError: the time is up
                    break
                size += _size(batch[-1][1])
            yield batch

    def _take(self, found: tuple[Ask[T], Answer] | BaseException) -> tuple[Ask[T], Answer]:
        if isinstance(found, BaseException):
            raise found
        self.outstanding -= 1
        self._taken += _size(found[1])
        return found

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as no:  # noqa: BLE001 - whoever waits for the thread raises it
            self._failed = no
            self._answers.put(no)
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._lanes: dict[str, asyncio.Semaphore] = {}
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
        host = ask.url.partition("//")[2].partition("/")[0].lower()
        lane = self._lanes.setdefault(host, asyncio.Semaphore(OF_A_HOST))
        async with lane, self._places:
            while self._came - self._taken > ROOM:
                await asyncio.sleep(0.05)
            try:
                answer: Answer = await self.web.get(ask.source, ask.url, ask.known)
            except FetchError as no:
                answer = no
            except Exception as bug:  # noqa: BLE001 - carried to the shell, which raises it
                self._answers.put(bug)
                return
        self._came += _size(answer)
        self._answers.put((ask, answer))


def _size(answer: Answer) -> int:
    return len(answer.body) if isinstance(answer, Capture) else 0
