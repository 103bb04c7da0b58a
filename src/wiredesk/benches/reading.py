"""`wiredesk bench`: how fast this machine reads and loads, on made-up copy or on a file.

Figures are medians of several rounds in one run; other work on the machine shows in them.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import orjson

from wiredesk.fetch.archive import Archive
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run, new_run_id, now
from wiredesk.model import Json, Source
from wiredesk.parallel import Workers, cores
from wiredesk.reading import read_paths
from wiredesk.warehouse import Warehouse

PLACES = (
    "OSLO",
    "PARIS/VIENNA",
    "LAGOS",
    "DULUTH, Minnesota",
    "SINGAPORE",
    "MEXICO CITY",
    "WARSAW",
)
NAMES = ("Ines Moulin", "Tom Obuya", "Arjun Varg", "Hedda Brink", "Karl Mifsud", "Ana Ferreira")
WORDS = (
    "the harbour council said on tuesday that it would reopen two berths after a week of storms "
    "and that ships carrying grain would be first to load while officials counted the damage to "
    "cranes and sheds along the quay where crews had worked through the night"
).split()


def made_up(stories: int, seed: int = 7) -> bytes:
    """JSON Lines of invented stories of about 2,500 characters, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - copy, not keys

    rows = []
    for n in range(stories):
        title, paragraphs = story(chance, n)
        rows.append(orjson.dumps({"id": str(n), "title": title, "text": "\n\n".join(paragraphs)}))
    return b"\n".join(rows)


def story(chance: random.Random, n: int) -> tuple[str, list[str]]:
    """The headline and paragraphs of an invented story, its sign-off last."""

    def sentence() -> str:
        words = [chance.choice(WORDS) for _ in range(chance.randint(12, 28))]
        return " ".join(words).capitalize() + "."

    paragraphs = [" ".join(sentence() for _ in range(2)) for _ in range(9)]
    paragraphs[0] = f"{chance.choice(PLACES)} (Reuters) - {paragraphs[0]}"
    paragraphs[4] = f"LONG ROAD TO HARVEST {paragraphs[4]}"
    a, b, c = chance.sample(NAMES, 3)
    paragraphs.append(f"(Reporting by {a} in Oslo and {b} in Lagos; Editing by {c})")
    return f"UPDATE {n % 4 + 1}-{sentence()}", paragraphs


def bench(path: str | None, stories: int, rounds: int) -> list[Json]:
    """Stories per second: read by one process and by all, loaded, loaded again."""
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            path = str(Path(folder) / "made-up.jsonl")
            Path(path).write_bytes(made_up(stories))
        count = 0

        def read(workers: int) -> Callable[[], None]:
            def once() -> None:
                nonlocal count
                count = sum(
                    lines.count(b"\n") for lines, _ in read_paths([path], None, None, workers)
                )

            return once

        def load() -> None:
            for file in Path(folder).glob("bench.duckdb*"):
                file.unlink()
            again()

        def again() -> None:
            source = Source("bench", "file", "")
            with (
                Warehouse(str(Path(folder) / "bench.duckdb")) as warehouse,
                Archive(Path(folder) / "archive", now=now) as archive,
                Workers() as crew,
            ):
                run = Run(new_run_id(now()), warehouse, archive, crew)
                run.ingest(source, captures([path], source.id, now()))

        measured = [
            ("read, one process", read(1)),
            (f"read, {cores()} processes", read(cores())),
            ("ingest into a new warehouse", load),
            ("ingest again", again),
        ]
        rows = []
        for name, work in measured:
            seconds = median(_timed(work) for _ in range(rounds))
            rows.append({"what": name, "seconds": seconds, "per_second": count / seconds})
        return [{"stories": count, **row} for row in rows]


def _timed(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
