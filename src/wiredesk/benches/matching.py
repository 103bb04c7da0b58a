"""`wiredesk bench match`: what deciding a batch costs in warehouses of very different sizes.

A warehouse of made-up stories is multiplied in SQL to its size (warehouse/bench/fill.sql); then
batches of 1,000 come in, of which one in twenty reprints a story that is there.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import orjson

from wiredesk.benches.reading import story
from wiredesk.fetch.files import captures
from wiredesk.ingest import Run, new_run_id
from wiredesk.model import Json, Source
from wiredesk.parallel import Workers
from wiredesk.warehouse import Warehouse

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
BASE = 2000  #: stories that are read; the others are copies of them under other keys
BATCH = 1000
STREAM = 8  #: batches that come as one file at the end: reading and loading then overlap
REPRINTED = 20  #: one in so many


def bench_match(sizes: Sequence[int], batches: int) -> list[Json]:
    """For each size: seconds of a batch (read, decide, load), stories a second of a stream."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.duckdb"
            rows.append(_measured(path, size, batches))
            path.unlink()
    return rows


def _measured(path: Path, size: int, batches: int) -> Json:
    with Warehouse(str(path)) as warehouse, Workers() as crew:
        run = Run(new_run_id(NOON), warehouse, None, crew)
        source = Source("bench", "file", "", format="jsonl")
        _take(run, source, path.parent, _copy(0, BASE))
        warehouse.script("fill", times=size // BASE)
        _take(run, source, path.parent, _copy(1, BATCH))  # the first finds cold pages
        seconds, loads = [], []
        for n in range(batches):
            began = perf_counter()
            before = warehouse.seconds
            _take(run, source, path.parent, _copy(n + 2, BATCH))
            seconds.append(perf_counter() - began)
            loads.append(warehouse.seconds - before)
        copy = b"\n".join(_copy(batches + 2 + n, BATCH) for n in range(STREAM))
        began = perf_counter()
        _take(run, source, path.parent, copy)
        stream = perf_counter() - began
        ((stories, keys),) = warehouse.rows("index_size")
    return {
        "stories": stories,
        "batch_seconds": median(seconds),
        "decide_and_load_seconds": median(loads),
        "stream_per_second": STREAM * BATCH / stream,
        "keys_per_story": keys / stories,
    }


def _copy(n: int, stories: int) -> bytes:
    """Batch `n` of made-up copy; one in REPRINTED carries a story of the first batch anew."""
    chance = random.Random(n)  # noqa: S311 - copy, not keys
    first = random.Random(0)  # noqa: S311
    lines = []
    for k in range(stories):
        title, paragraphs = story(chance, k)
        at = NOON + timedelta(seconds=k)
        row = {"id": f"{n}-{k}", "title": f"{title} {n} {k}", "date": at.isoformat()}
        if n and k % REPRINTED == 0:
            title, paragraphs = story(first, k)
            row |= {"source": "Harbour Post", "title": title}
            paragraphs = [paragraphs[0].partition(" - ")[2], *paragraphs[1:6]]
        lines.append(orjson.dumps(row | {"text": "\n\n".join(paragraphs)}))
    return b"\n".join(lines)


def _take(run: Run, source: Source, folder: Path, copy: bytes) -> None:
    path = folder / "batch.jsonl"
    path.write_bytes(copy)
    run.ingest(source, captures([str(path)], source.id, NOON + timedelta(days=1)))
