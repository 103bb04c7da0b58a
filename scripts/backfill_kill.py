"""Kill `wiredesk backfill` at random moments until it is through; compare with one left alone.

python -m scripts.backfill_kill --stories 100000 --kills 5

Prints whether the rows are the same, and how much longer it took with the kills in it.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.kill_test import fingerprint, offenders
from wiredesk.benches.made_up_wire import SINCE, SPAN, stories

DAYS = f"{SINCE:%Y-%m-%d}", f"{SINCE + SPAN:%Y-%m-%d}"
RUN = (
    "import sys; from wiredesk.cli_backfill import backfill; "
    "sys.exit(backfill.main(sys.argv[1:], standalone_mode=False))"
)
LONGEST = 1.3  #: times as long as a backfill that is left alone


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of a backfill that was killed."""

    alone: float  #: seconds of one that was left alone
    seconds: float  #: of all runs together
    moments: tuple[float, ...]  #: seconds of each run that was killed
    differs: tuple[str, ...]


def compare(count: int, kills: int, seed: int, folder: Path) -> Killed:
    """Backfill made-up copy twice, once with kills."""
    with (folder / "copy.jsonl").open("wb") as file:
        for line in stories(count):
            file.write(line + b"\n")
    (folder / "sources.toml").write_text('[sources.made]\nkind = "archive"\nurl = "copy.jsonl"\n')
    started = time.perf_counter()
    if _backfill(folder, "alone").wait() not in {0, 1}:
        raise SystemExit("the backfill that was left alone failed")
    alone = time.perf_counter() - started
    moments, seconds = _killed(folder, kills, alone, random.Random(seed))  # noqa: S311
    clean = fingerprint(folder / "alone.duckdb")
    killed = fingerprint(folder / "killed.duckdb")
    differs = [f"{t}: {clean[t]}, {killed[t]}" for t in clean if clean[t] != killed[t]]
    differs += [f"check {n}: {m}" for n, m in offenders(folder / "killed.duckdb").items()]
    return Killed(alone, seconds, tuple(moments), tuple(differs))


def _killed(
    folder: Path, kills: int, alone: float, chance: random.Random
) -> tuple[list[float], float]:
    """Run, kill, run again until nobody kills it; when each was killed, and seconds of all runs."""
    moments: list[float] = []
    seconds = 0.0
    share = alone / (kills + 1)
    while True:
        started = time.perf_counter()
        process = _backfill(folder, "killed")
        # on an average all kills fall into the time that the backfill needs alone
        moment = share * 2 * chance.random() if len(moments) < kills else None
        try:
            code = process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            moments.append(time.perf_counter() - started)
            seconds += moments[-1]
            continue
        if code not in {0, 1}:
            raise SystemExit(f"the run after {len(moments)} kills failed")
        return moments, seconds + time.perf_counter() - started


def _backfill(folder: Path, name: str) -> subprocess.Popen[bytes]:
    """`wiredesk backfill` as a process group of its own, so that a kill takes its workers too."""
    command = [sys.executable, "-c", RUN, "made", "--from", DAYS[0], "--to", DAYS[1]]
    command += ["--sources", str(folder / "sources.toml")]
    command += ["--warehouse", str(folder / f"{name}.duckdb"), "--json"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stories", type=int, default=10_000)
    arguments.add_argument("--kills", type=int, default=5)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = compare(given.stories, given.kills, given.seed, Path(folder))
    print(f"{given.stories:,} stories: {found.alone:.1f} s alone")
    shown = ", ".join(f"{moment:.1f}" for moment in found.moments)
    times = found.seconds / found.alone
    print(f"killed after {shown} s: {found.seconds:.1f} s together, {times:.2f} times as long")
    print("\n".join(found.differs) or "the rows are those of the one that was left alone")
    return 1 if found.differs or times > LONGEST else 0


if __name__ == "__main__":
    sys.exit(main())
