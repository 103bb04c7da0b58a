"""Politeness: how many requests a host gets at once, and how far apart they start.

A host has a lane.  One request at a time stands at its head: it waits until fewer than its
source's `connections` are under way and its `delay` has passed since the last one was sent, goes
out, and only then gives up the head.  So the distance holds as the server sees it, also where
connecting takes longer than the delay.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Politeness:
    """The lanes of a run, and one limit over all of them."""

    def __init__(self, together: int) -> None:
        self._all = asyncio.Semaphore(together)
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(self, host: str, connections: int, delay: float) -> AsyncIterator[Turn]:
        """Wait for a turn to make one request, which is the block; it says when it is sent.

        `delay` is in seconds, since the last request to `host` was sent, whoever's it was.
        """
        lane = self._lanes.setdefault(host, _Lane())
        await lane.head.acquire()
        turn = Turn(lane)
        try:
            await lane.clear(max(connections, 1), delay)
            async with self._all:
                lane.under_way += 1
                try:
                    yield turn
                finally:
                    lane.under_way -= 1
                    lane.freed.set()
                    turn.sent()  # an attempt that came to nothing counts as one
        finally:
            turn.step_aside()


class Turn:
    """One request's place at the head of its lane."""

    __slots__ = ("_heads", "_lane")

    def __init__(self, lane: _Lane) -> None:
        self._lane = lane
        self._heads = True

    def sent(self) -> None:
        """The request is on its way: the next may count its delay from now."""
        if self._heads:
            self._lane.last = asyncio.get_running_loop().time()
        self.step_aside()

    def step_aside(self) -> None:
        """Give up the head, if it is still held."""
        if self._heads:
            self._heads = False
            self._lane.head.release()


class _Lane:
    __slots__ = ("freed", "head", "last", "under_way")

    def __init__(self) -> None:
        self.head = asyncio.Lock()  # first come, first served
        self.freed = asyncio.Event()
        self.under_way = 0
        self.last = float("-inf")  #: loop time at which the last request was sent

    async def clear(self, connections: int, delay: float) -> None:
        """Wait until there is room and the delay has passed; only the head calls this."""
        while self.under_way >= connections:
            self.freed.clear()
            await self.freed.wait()
        clock = asyncio.get_running_loop().time
        while (wait := self.last + delay - clock()) > 0:
            await asyncio.sleep(wait)
