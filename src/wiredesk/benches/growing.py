"""A warehouse of any size for benches: a made-up week, repeated in SQL for each week before it.

Each week gets keys of its own, and words of its own: a quarter of the plain words become others of
the same length and about as common, so that offsets stay true and nothing compresses as a repeat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
from duckdb.func import PythonUDFType

from wiredesk.benches.made_up_wire import SINCE, SPAN, stories, words_of_the_world
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run, new_run_id
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.warehouse import Warehouse

BASE = 4000  #: stories of a week; 250 weeks are a million
SOURCE = Source("made-up", "file", "", format="jsonl")


def grow(path: Path, size: int, told: Callable[[int], None] = lambda _: None) -> None:
    """Make a warehouse of about `size` stories at `path`; `told` hears of each week."""
    with Warehouse(str(path)) as warehouse:
        take(warehouse, path.parent, stories(BASE))
        swaps = Swaps()
        warehouse.db.create_function(
            "reworded", swaps.reworded, ["VARCHAR", "BIGINT"], "VARCHAR", type=PythonUDFType.ARROW
        )
        warehouse.script("wire_base")
        for week in range(max(1, size // BASE) - 1, -1, -1):
            warehouse.script("wire_copy", n=week)
            told(week)
        warehouse.script("wire_done")


def take(warehouse: Warehouse, folder: Path, lines: Iterable[bytes]) -> None:
    """Ingest lines of copy through the whole pipeline."""
    file = folder / "copy.jsonl"
    file.write_bytes(b"\n".join(lines))
    at = SINCE + SPAN + timedelta(days=1)
    with Workers() as crew:
        run = Run(new_run_id(at), warehouse, None, crew)
        run.ingest(SOURCE, captures([str(file)], SOURCE.id, at))
    file.unlink()


class Swaps:
    """By week, which word stands for which."""

    def __init__(self) -> None:
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in words_of_the_world():
            if len(word) > 3:
                by_length[len(word)].append(word)
        self._by_length = by_length
        self._weeks: dict[int, dict[str, str]] = {}

    def week(self, n: int) -> dict[str, str]:
        """For a quarter of the words, one that is about as common."""
        if n not in self._weeks:
            chance = Random(n)  # noqa: S311 - copy, not keys
            self._weeks = {
                n: {
                    word: words[min(len(words) - 1, max(0, at + chance.randint(-9, 9)))]
                    for words in self._by_length.values()
                    for at, word in enumerate(words)
                    if chance.random() < 0.25
                }
            }
        return self._weeks[n]

    def reworded(self, copy: pa.ChunkedArray, weeks: pa.ChunkedArray) -> pa.Array:
        """Each text with the words of its week."""
        if not len(weeks):
            return pa.array([], pa.string())
        swap = self.week(weeks[0].as_py())
        return pa.array(
            [
                None if text is None else " ".join([swap.get(w, w) for w in text.split(" ")])
                for text in copy.to_pylist()
            ],
            pa.string(),
        )
