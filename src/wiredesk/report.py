"""What a run did, for people (tables) and for programs (JSON)."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from wiredesk.model import Json
from wiredesk.score import Tally, fallen
from wiredesk.warehouse import Warehouse

COLUMNS = ("listed", "new_stories", "new_versions", "duplicates", "rejected")
SHORT = {"new_stories": "new", "new_versions": "updated", "duplicates": "known"}
QUERIES = (
    "SELECT name, place, sum(stories) AS n FROM mart.credits_by_person\n"
    "WHERE role = 'reporting' GROUP BY ALL ORDER BY n DESC LIMIT 10;",
    "SELECT country, sum(stories) AS n FROM mart.stories_by_place GROUP BY ALL ORDER BY n DESC;",
    "SELECT relation, headline_raw, ed_note FROM wire.versions WHERE relation <> 'new';",
)


def run_report(warehouse: Warehouse, run_id: str) -> Json:
    """The ledger and the rejects of a run, and what the warehouse holds after it."""
    sources = _objects(warehouse, "run_ledger", run_id=run_id)
    fetches = _objects(warehouse, "run_fetches", run_id=run_id)
    return {
        "run": run_id,
        "warehouse": warehouse.path,
        "sources": sources,
        "fetches": fetches,
        "rejects": _objects(warehouse, "run_rejects", run_id=run_id),
        "totals": _objects(warehouse, "totals")[0],
    }


def _objects(warehouse: Warehouse, query: str, **parameters: Any) -> list[Json]:
    columns, found = warehouse.table(query, **parameters)
    return [dict(zip(columns, row, strict=True)) for row in found]


def print_report(report: Json, console: Console) -> None:
    """The report as plain tables."""
    ledger = {row["source_id"]: row for row in report["sources"]}
    table = Table(title=f"run {report['run']}", title_justify="left", box=None)
    table.add_column("source", no_wrap=True)
    dropped = any(row["dropped"] for row in report["sources"])
    columns = (*COLUMNS, "dropped") if dropped else COLUMNS
    for column in ("polled", "unchanged", "failed", *columns):
        table.add_column(SHORT.get(column, column), justify="right", no_wrap=True)
    sums = [0] * (3 + len(columns))
    for fetch in report["fetches"]:
        row = ledger.get(fetch["source_id"], {})
        counts = [fetch[c] for c in ("polled", "unchanged", "failed")]
        counts += [row.get(c, 0) for c in columns]
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        table.add_row(fetch["source_id"], *(f"{n:,}" for n in counts))
    if len(report["fetches"]) > 1:
        table.add_row("all", *(f"{n:,}" for n in sums), style="bold")
    console.print(table)
    if report["rejects"]:
        shown = report["rejects"][:20]
        table = Table(title="rejects", title_justify="left", box=None)
        for column in ("where", "code", "reason"):
            table.add_column(column, overflow="fold")
        for row in shown:
            where = " ".join(filter(None, [row["locator"], row["place"]]))
            table.add_row(*(escape(text) for text in (where, row["code"], row["detail"])))
        console.print(table)
        if len(shown) < len(report["rejects"]):
            console.print(f"… {len(report['rejects']) - len(shown):,} more in ops.rejects")
    totals = report["totals"]
    console.print(
        f"{report['warehouse']}: {totals['stories']:,} stories, {totals['versions']:,} versions, "
        f"{totals['credits']:,} credits, {totals['rejects']:,} rejects"
    )


def print_highlights(warehouse: Warehouse, console: Console, most: int = 8) -> None:
    """The busiest reporters and places, and queries to try."""
    for title, query in (("top reporters", "top_reporters"), ("top places", "top_places")):
        columns, found = warehouse.table(query, most=most)
        table = Table(title=title, title_justify="left", box=None)
        for column in columns:
            table.add_column(column, justify="right" if column == "stories" else "left")
        for row in found:
            table.add_row(*("" if value is None else escape(str(value)) for value in row))
        console.print(table)
    console.print(f"\nThe database is {warehouse.path}.  Try:")
    for query in QUERIES:
        console.print(f"\n[dim]{escape(query)}[/dim]", soft_wrap=True)


def print_scores(
    tallies: dict[str, Tally],
    found: dict[str, float],
    floors: dict[str, float],
    show: int,
    console: Console,
) -> None:
    """A line a measure: figure, floor, and how many labels it rests on; then failures."""
    below = set(fallen(floors, found))
    table = Table(box=None)
    for column in ("measure", "figure", "floor", "labels", ""):
        table.add_column(
            column, justify="right" if column in {"figure", "floor", "labels"} else "left"
        )
    for name, tally in tallies.items():
        floor = f"{floors[name]:.4f}" if name in floors else "-"
        labels = f"{tally.of:.0f}"
        table.add_row(name, f"{found[name]:.4f}", floor, labels, "BELOW" if name in below else "")
    console.print(table)
    for name, tally in tallies.items():
        for item, wanted, got in tally.wrong[:show]:
            console.print(f"{name}: {item}: wanted {wanted}, read {got}", markup=False)
