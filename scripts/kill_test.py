"""Kill `wiredesk ingest` at random moments, run it again, and compare the rows with a clean run.

python -m scripts.kill_test --times 20
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
from pathlib import Path

from wiredesk.benches.reading import made_up
from wiredesk.warehouse import Warehouse, checks

#: Everything that the copy gave.  Left out: times of the runs themselves, and the runs' own log.
COMPARED = {
    "raw.items": "*",
    "wire.stories": "* EXCLUDE (first_received_at)",
    "wire.versions": "* EXCLUDE (received_at, version_at)",
    "wire.paragraphs": "*",
    "wire.authors": "*",
    "wire.dateline_places": "*",
    "wire.credits": "*",
    "wire.contacts": "*",
    "wire.instruments": "*",
    "wire.conversions": "*",
    "wire.subjects": "*",
    "wire.dates": "*",
    "wire.aliases": "*",
    "wire.signatures": "* EXCLUDE (version_at)",
    "wire.story_links": "* EXCLUDE (decided_at)",
    "wire.groups": "*",
    "wire.notices": "* EXCLUDE (noticed_at)",
    "wire.changes": "*",
    "ops.issues": "*",
    "ref.places": "*",
    "raw.captures": "sha256, source_id, locator, bytes",
    "raw.loaded": "sha256, source_id, items, rejects",
    "ops.rejects": "* EXCLUDE (run_id, rejected_at)",
}


def fingerprint(warehouse: Path) -> dict[str, tuple[int, str]]:
    """For each table its number of rows and a hash of them that knows no order."""
    with Warehouse(str(warehouse), read_only=True) as w:
        return {
            table: w.sql(
                f"SELECT count(*), coalesce(bit_xor(hash(row::VARCHAR)), 0)::VARCHAR "  # noqa: S608
                f"FROM (SELECT {columns} FROM {table}) AS row"
            )[0]
            for table, columns in COMPARED.items()
        }


def offenders(warehouse: Path) -> dict[str, int]:
    """How many offenders each check finds, for those that find any."""
    with Warehouse(str(warehouse), read_only=True) as w:
        found = {name: len(w.offenders(name)[1]) for name in checks()}
    return {name: n for name, n in found.items() if n}


def ingest(copy: Path, warehouse: Path) -> subprocess.Popen[bytes]:
    """`wiredesk ingest` as a process group of its own, so that a kill takes its workers too."""
    command = [sys.executable, "-m", "wiredesk.cli", "ingest", str(copy)]
    command += ["--warehouse", str(warehouse)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def clean_run(copy: Path, warehouse: Path) -> float:
    """Seconds of a run that nobody kills."""
    start = time.perf_counter()
    if ingest(copy, warehouse).wait() not in {0, 1}:
        raise SystemExit("the clean run failed")
    return time.perf_counter() - start


def killed_run(copy: Path, warehouse: Path, moment: float) -> bool:
    """Start, kill `moment` seconds later, run again to the end; whether the kill hit anything."""
    process = ingest(copy, warehouse)
    hit = False
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        _kill(process)
        hit = True
    if ingest(copy, warehouse).wait() not in {0, 1}:
        raise SystemExit(f"the run after a kill at {moment:.2f} s failed")
    return hit


def _kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def compare(stories: int, times: int, seed: int, folder: Path) -> tuple[int, list[str]]:
    """Kill `times` ingests, each of a new warehouse; kills that hit, and what differs after."""
    chance = random.Random(seed)  # noqa: S311
    copy = folder / "copy.jsonl"
    lines = made_up(stories).split(b"\n")
    lines[6] = b'{"id": "broken", "text": '
    copy.write_bytes(b"\n".join(lines))
    seconds = clean_run(copy, folder / "clean.duckdb")
    clean = fingerprint(folder / "clean.duckdb")
    hits, differs = 0, []
    for n in range(times):
        warehouse = folder / f"killed{n}.duckdb"
        # spread over the run, so that every stage of it is met: start, landing, loads, the end
        moment = seconds * (n + chance.random()) / times
        hits += killed_run(copy, warehouse, moment)
        killed = fingerprint(warehouse)
        at = f"killed at {moment:.2f} of {seconds:.2f} s"
        differs += [f"{at}: {t}: {clean[t]}, {killed[t]}" for t in clean if clean[t] != killed[t]]
        differs += [f"{at}: check {name}: {m}" for name, m in offenders(warehouse).items()]
    return hits, differs


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--times", type=int, default=10)
    arguments.add_argument("--stories", type=int, default=6000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        hits, differs = compare(given.stories, given.times, given.seed, Path(folder))
    print(f"{hits} of {given.times} kills hit a running ingest of {given.stories} stories")
    print("\n".join(differs) or "the rows are those of a clean run")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
