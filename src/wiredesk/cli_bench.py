"""`wiredesk bench`: the commands, whose work is in benches/."""

from __future__ import annotations

import click

from wiredesk.options import JSON, WAREHOUSE, Commands


@click.group(cls=Commands)
def bench() -> None:
    """Measure this machine: reading and loading, fetching."""


@bench.command("read")
@click.argument("path", required=False, metavar="[PATH]")
@click.option("--stories", default=4000, show_default=True, help="How many to make up.")
@click.option("--rounds", default=3, show_default=True, help="The median of so many is shown.")
@JSON
def bench_read(path: str | None, stories: int, rounds: int, as_json: bool) -> int:
    """Read and load made-up copy, or a file of yours: stories a second."""
    from wiredesk.bench_commands import run_bench

    return run_bench(path, stories, rounds, as_json=as_json)


@bench.command("fetch")
@click.option("--feeds", default=2000, show_default=True, help="How many feeds, each on its host.")
@click.option("--items", default=20, show_default=True, help="How many stories each.")
@JSON
def bench_fetch(feeds: int, items: int, as_json: bool) -> int:
    """Two passes over feeds on loopback, some dead, slow or hostile: time, memory, manners."""
    from wiredesk.bench_commands import run_bench_fetch

    return run_bench_fetch(feeds, items, as_json=as_json)


@bench.command("match")
@click.option(
    "--size",
    "sizes",
    multiple=True,
    type=int,
    default=(10_000, 100_000, 1_000_000),
    show_default=True,
    help="Stories that the warehouse holds.",
)
@click.option("--batches", default=5, show_default=True, help="The median of so many is shown.")
@JSON
def bench_match(sizes: tuple[int, ...], batches: int, as_json: bool) -> int:
    """Decide batches of 1,000 stories against warehouses of several sizes."""
    from wiredesk.bench_commands import run_bench_match

    return run_bench_match(sizes, batches, as_json=as_json)


@bench.command("query")
@click.option("--stories", default=1_000_000, show_default=True, help="How many to make up.")
@click.option("--rounds", default=3, show_default=True, help="How often each is asked.")
@WAREHOUSE
@JSON
def bench_query(stories: int, rounds: int, warehouse: str | None, as_json: bool) -> int:
    """Publish a made-up wire, ask it the twenty questions, search it, publish it again.

    With --warehouse, a file that is not there yet is made and kept, for the next time.
    """
    from wiredesk.bench_commands import run_bench_query

    return run_bench_query(stories, rounds, warehouse, as_json=as_json)
