"""A part that its worker came to grief over, step by step in a process of its own.

Each step is named before it is taken, so the last name before the silence is that of the poison:
what ends its process, never comes to an end or wants all memory there is.  It becomes a reject
with the code `crash`, `timeout` or `memory`, its payload stays in the archive, and a new process
reads on behind it.  Where too many of one part are like that, the rest of it is put aside unread.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from wiredesk.errors import UserError
from wiredesk.intake import Done, Followed, Job
from wiredesk.processes import confine, readers
from wiredesk.steps import Over, Step, put_aside, steps, unread, without_page

START = 60.0  #: seconds for a process to start and be given its part
STEP_SECONDS = 20.0  #: for one step: a story takes a millisecond, the worst pages we know seconds
MEGABYTE_SECONDS = 2.0  #: and for each megabyte of it: feedparser takes 0.2
Way = Callable[[Job | Followed, Over], Iterator[Step | Done]]
POISONS = 5  #: of one part, after which its rest is put aside unread


class _Lost(Exception):
    """A reader fell silent, and why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class _End:
    """What a reader says last; `error` is a fault of ours that must stop the run."""

    error: Exception | None = None


def one_by_one(job: Job | Followed) -> Iterator[Done]:
    """Read a job step by step; what cannot be read is a reject."""
    over: set[tuple[str, int]] = set()
    poisons = 0
    while poisons < POISONS:
        step: Step | None = None
        try:
            for said in _heard(steps, job, over):
                if isinstance(said, Step):
                    step = said
                elif step:
                    over.add(step.key)
                    yield said
            return
        except _Lost as no:
            if step is None:
                raise UserError(f"a process that reads copy could not start: {no.detail}") from no
            if (entry := _entry_alone(job, step, no)) is not None:
                job = entry
                continue
            yield put_aside(job, step, no.code, no.detail)
            if step.whole:
                return
            over.add(step.key)
            poisons += 1
            last = no
    detail = f"not read: {POISONS} others of this part ended so, the last: {last.detail}"
    try:
        left = [said for said in _heard(unread, job, over) if isinstance(said, Step)]
    except _Lost:
        left = [Step("parse", 0, "the rest")]
    yield from (put_aside(job, step, last.code, detail) for step in left)


def _entry_alone(job: Job | Followed, step: Step, no: _Lost) -> Followed | None:
    """A page that is poison leaves its entry standing."""
    if isinstance(job, Followed):
        return without_page(job, step, f"{no.code}: {no.detail}")
    return None


def _heard(way: Way, job: Job | Followed, over: Over) -> Iterator[Step | Done]:
    """What a new process says of the steps; raises _Lost where it falls silent."""
    ours, theirs = readers().Pipe(duplex=False)
    reader = readers().Process(target=_read_aloud, args=(theirs, way, job, over), daemon=True)
    reader.start()
    theirs.close()
    patience = START
    try:
        while True:
            if not ours.poll(patience):
                raise _Lost("timeout", f"not read within {patience:.0f} s")
            said = ours.recv()
            if isinstance(said, _End):
                if said.error:
                    raise said.error
                return
            patience = STEP_SECONDS
            if isinstance(said, Step):
                patience += MEGABYTE_SECONDS * said.size / 1e6
            yield said
    except EOFError:
        reader.join()
        raise _death(reader.exitcode) from None
    finally:
        reader.kill()
        reader.join()
        ours.close()


def _death(code: int | None) -> _Lost:
    if code is not None and code < 0:
        return _Lost("crash", f"its reader was ended by {signal.Signals(-code).name}")
    return _Lost("crash", f"its reader ended with code {code}")


def _read_aloud(theirs: Connection[Any, Any], way: Way, job: Job | Followed, over: Over) -> None:
    """In the new process."""
    confine()
    try:
        for said in way(job, over):
            theirs.send(said)
        theirs.send(_End())
    except MemoryError:
        theirs.send(_End(_Lost("memory", "its reader wanted more memory than readers are given")))
    except Exception as fault:  # noqa: BLE001 - a bug stops the run, there and not here
        theirs.send(_End(fault))
