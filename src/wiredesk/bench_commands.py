"""What the `wiredesk bench` commands do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import orjson
from rich.console import Console

from wiredesk.benches.fetching import bench_fetch
from wiredesk.benches.matching import bench_match
from wiredesk.benches.querying import bench_query
from wiredesk.benches.reading import bench
from wiredesk.model import Json


def run_bench(path: str | None, stories: int, rounds: int, *, as_json: bool) -> int:
    """`wiredesk bench`."""
    rows = bench(path, stories, rounds)
    console = Console(highlight=False)
    if as_json:
        console.out(orjson.dumps(rows).decode(), highlight=False)
    for row in rows if not as_json else ():
        rate = f"{row['per_second']:>8,.0f} stories/s"
        console.print(f"{row['what']:<30} {row['seconds']:>7.2f} s {rate}", markup=False)
    return 0


def run_bench_fetch(feeds: int, items: int, *, as_json: bool) -> int:
    """`wiredesk bench fetch`."""
    return _print_bench(bench_fetch(feeds, items), as_json=as_json)


def run_bench_match(sizes: Sequence[int], batches: int, *, as_json: bool) -> int:
    """`wiredesk bench match`."""
    return _print_bench(bench_match(sizes, batches), as_json=as_json)


def run_bench_query(size: int, rounds: int, warehouse: str | None, *, as_json: bool) -> int:
    """`wiredesk bench query`."""
    console = Console(highlight=False)
    for row in bench_query(size, rounds, warehouse):
        if as_json:
            console.out(orjson.dumps(row).decode(), highlight=False)
        elif "p50_ms" in row:
            figures = f"p50 {row['p50_ms']:>8,.1f} ms   p95 {row['p95_ms']:>8,.1f} ms"
            console.print(f"{row['what']:<36} {figures}", markup=False)
        else:
            figures = f"{row['seconds']:>8,.1f} s   {row['months']:>4} months"
            bulk = f"{row['megabytes']:>8,.0f} MB   {row['of_raw_text']:.3f} of the raw text"
            console.print(f"{row['what']:<36} {figures} {bulk}", markup=False, soft_wrap=True)
    return 0


def _print_bench(rows: Iterable[Json], *, as_json: bool) -> int:
    console = Console(highlight=False)
    for row in rows:
        if as_json:
            console.out(orjson.dumps(row).decode(), highlight=False)
            continue
        for name, value in row.items():
            figure = "" if isinstance(value, str) else f"{value:,.{2 * isinstance(value, float)}f}"
            console.print(f"{name:>24}  {figure or value}", markup=False)
        console.print()
    return 0
