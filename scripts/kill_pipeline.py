"""Kill the whole pipeline (fetch, land, read, load, publish) at random moments, many times.

    python -m scripts.kill_pipeline --times 200

A process polls a wire that goes on and publishes after each pass, until it is killed with SIGKILL;
then the next one does.  After each kill the warehouse must open and pass its checks, and the
snapshot must open and be what was last published.  In the end the rows must be those of a run that
nobody killed.  The wire turns only when a pass is through, so that nothing can be missed lawfully.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from ctypes import c_int
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from scripts.kill_test import fingerprint, offenders
from scripts.living_wire import LivingWire, serving
from scripts.passes import PHASES, poll_and_publish, state_of
from wiredesk.snapshot import Snapshot
from wiredesk.warehouse import Warehouse

SPAN = 1.2  #: passes within which the kill falls


@dataclass(slots=True)
class Found:
    """What came of so many kills."""

    kills: int = 0
    passes: int = 0
    stories: int = 0
    snapshots: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def kill(folder: Path, wire: LivingWire, times: int, chance: random.Random) -> Found:
    """Kill `times` processes and look at what each left."""
    found = Found()
    seconds = 0.0
    published: tuple[int, int] | None = None
    for _ in range(times):
        phase = _context().RawValue("i", 0)
        process, pipe = _started(folder, wire.url, phase)
        if not seconds:  # how long a pass takes here, start and all
            began = time.monotonic()
            published = _through(pipe, wire, found)
            seconds = time.monotonic() - began
        until = time.monotonic() + SPAN * seconds * chance.random()
        while pipe.poll(max(0.0, until - time.monotonic())):
            published = _through(pipe, wire, found)
        process.kill()
        process.join()
        pipe.close()
        found.kills += 1
        at = PHASES[phase.value]
        found.hits[at] += 1
        said = f"kill {found.kills} ({at}): "
        state, wrong = _look(folder, published)
        published = state or published
        found.wrong += [said + no for no in wrong]
    return found


def clean(folder: Path, wire: LivingWire, turns: int) -> None:
    """The same turns, a pass each, with nobody killed."""
    wire.turn = 0
    process, pipe = _started(folder, wire.url, _context().RawValue("i", 0))
    for _ in range(turns):
        pipe.recv()
        wire.turn += 1
        pipe.send(True)
    process.kill()
    process.join()


def test(times: int, seed: int, folder: Path) -> Found:
    """Kill `times` times, and compare with a run that nobody killed."""
    with serving() as wire:
        killed, whole = folder / "killed", folder / "whole"
        found = kill(killed, wire, times, random.Random(seed))  # noqa: S311
        process, pipe = _started(killed, wire.url, _context().RawValue("i", 0))
        _through(pipe, wire, found)
        process.kill()
        process.join()
        turns = wire.turn
        clean(whole, wire, turns)
    ours, theirs = fingerprint(killed / "wire.duckdb"), fingerprint(whole / "wire.duckdb")
    found.wrong += [
        f"{table}: {theirs[table]} without kills, {ours[table]} with them"
        for table in ours
        if ours[table] != theirs[table]
    ]
    found.stories = ours["wire.stories"][0]
    return found


def _look(
    folder: Path, published: tuple[int, int] | None
) -> tuple[tuple[int, int] | None, list[str]]:
    """What the snapshot holds, and what is wrong with it or with the warehouse."""
    path = folder / "wire.duckdb"
    with Warehouse(str(path)) as warehouse:
        state = state_of(warehouse)
    wrong = [f"check {name}: {n}" for name, n in offenders(path).items()]
    if published is None:
        return None, wrong
    with Snapshot(str(folder / "snapshot")) as snapshot:
        held = state_of(snapshot)
    if held not in {published, state}:
        wrong.append(f"the snapshot holds {held}, published was {published}, loaded is {state}")
    return held, wrong


def _through(pipe: Connection[Any, Any], wire: LivingWire, found: Found) -> tuple[int, int]:
    try:
        state: tuple[int, int] = pipe.recv()
    except EOFError:
        raise SystemExit("a pass failed that nobody killed") from None
    found.passes += 1
    wire.turn += 1
    pipe.send(True)
    return state


def _context() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["wiredesk.warm", "scripts.passes"])
    return context


def _started(folder: Path, url: str, phase: c_int) -> tuple[BaseProcess, Connection[Any, Any]]:
    ours, theirs = _context().Pipe()
    process = _context().Process(target=poll_and_publish, args=(folder, url, theirs, phase))
    process.start()
    theirs.close()
    return process, ours


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--times", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = test(given.times, given.seed, Path(folder))
    print(f"{found.kills} kills in {time.monotonic() - began:.0f} s, {found.passes} passes whole")
    for phase in PHASES:
        print(f"{found.hits[phase]:>6}  {phase}")
    print("\n".join(found.wrong) or f"{found.stories} stories: the rows of a run nobody killed")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
