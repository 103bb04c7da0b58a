"""`wiredesk bench query`: the analysts' questions, search and publishing at the size of a wire.

A made-up wire of so many stories is published; each question is asked with several values, several
times, in an open snapshot; then 1,000 stories come in and it is published again.
"""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import orjson

from wiredesk.benches.growing import grow, take
from wiredesk.benches.made_up_wire import SINCE, SPAN, stories, words_of_the_world
from wiredesk.database import sql_of
from wiredesk.ingest import now
from wiredesk.model import Json
from wiredesk.publish import Published, publish
from wiredesk.questions import questions
from wiredesk.search import INDEX_FORMAT, refresh, search
from wiredesk.snapshot import Snapshot
from wiredesk.warehouse import Warehouse

LOADED = 1000  #: stories between two publishes
SEARCHES = 60


def bench_query(size: int, rounds: int, warehouse: str | None) -> Iterator[Json]:
    """Rows for a table: milliseconds of each question and of search, then what publishing took.

    `warehouse` is one that this bench has made before; a thousand stories are added to it.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(warehouse or f"{folder}/made-up.duckdb")
        if not path.exists():
            grow(path, size)
        Warehouse(str(path)).db.close()  # one made by an earlier program is brought up to date
        to = Path(folder) / "snapshot"
        first = _published(path, to)
        with Snapshot(str(to)) as snapshot:
            times = list(_asked(snapshot, rounds))
            yield from (_row(what, seconds) for what, seconds in times)
            yield _row("all questions", [s for _, seconds in times for s in seconds])
            yield _row("search", _searched(snapshot, now()))
        with Warehouse(str(path)) as opened:
            ((held, raw),) = opened.rows("held_text")
            take(opened, Path(folder), stories(LOADED, first=held, at=SINCE + SPAN))
        again = _published(path, to)
        yield _facts("published whole", first, raw)
        yield _facts(f"published after {LOADED:,} more", again, raw)


def _published(path: Path, to: Path) -> Published:
    with Warehouse(str(path), read_only=True) as opened:
        return publish(opened, str(to), now(), index=refresh, index_format=INDEX_FORMAT)


def _asked(snapshot: Snapshot, rounds: int) -> Iterator[tuple[str, list[float]]]:
    values: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, given in snapshot.sql(sql_of("bench", "values")):
        values[number].append(orjson.loads(given))
    for question in questions():
        sets = values[question.name[:2]] or [question.values]
        yield (
            question.name,
            [
                _timed(partial(snapshot.ask, question.statement, given))
                for _ in range(rounds)
                for given in sets
            ],
        )


def _searched(snapshot: Snapshot, at: datetime) -> list[float]:
    """Searches of one to three words, common and rare."""
    chance = random.Random(3)  # noqa: S311 - words, not keys
    words = words_of_the_world()
    asked = [
        " ".join(words[int(chance.paretovariate(0.3)) % 5000] for _ in range(1 + n % 3))
        for n in range(SEARCHES)
    ]
    since = (SINCE - timedelta(days=30)).date().isoformat()
    return [
        _timed(partial(search, snapshot, w, since=None if n % 4 else since, now=at))
        for n, w in enumerate(asked)
    ]


def _timed(work: Callable[[], Any]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _row(what: str, seconds: list[float]) -> Json:
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return {"what": what, "p50_ms": 1000 * median(seconds), "p95_ms": 1000 * p95}


def _facts(what: str, done: Published, raw: int) -> Json:
    return {
        "what": what,
        "seconds": done.seconds,
        "months": len(done.months),
        "megabytes": done.bytes / 1e6,
        "of_raw_text": done.bytes / raw,
    }
