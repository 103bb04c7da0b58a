"""`wiredesk backfill`: what `cli.py` and the flow call, and how it is printed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from wiredesk import settings
from wiredesk.afar.cluster import crew as crew_of
from wiredesk.afar.files import read_afar
from wiredesk.backfills import local, running
from wiredesk.backfills.asking import Asker
from wiredesk.backfills.door import Door
from wiredesk.backfills.estimate import estimated
from wiredesk.backfills.manifest import partitions, window_of
from wiredesk.backfills.reading import read_ahead
from wiredesk.backfills.running import Outcome, Wanted
from wiredesk.errors import FetchError, UserError
from wiredesk.model import Json, Source
from wiredesk.parallel import Workers
from wiredesk.source_table import header

SHOWN = 20  #: rejects of a report for people


@dataclass(frozen=True, slots=True)
class Given:
    """What a person or a flow gave."""

    source: str
    first: str | None = None  #: a day; with `resume` it may be left out
    last: str | None = None
    resume: str | None = None
    anew: bool = False
    workers: int | None = None
    pause: float = 0.0
    sources_file: str = "flows/sources.toml"
    warehouse: str | None = None
    dask: str | None = None  #: where files are read: a scheduler's address, or local


def backfill_source(given: Given, *, dry_run: bool, as_json: bool) -> int:
    """`wiredesk backfill`: exit code 0, or 1 with rejects or with something left over."""
    console = Console(highlight=False, soft_wrap=True)
    try:
        if dry_run:
            found = foretold(given)
        else:
            with _display(quiet=as_json) as show:
                found = backfill(given, show)
    except FetchError as no:
        raise UserError(f"{no}: nothing is planned yet, run it again") from no
    if as_json:
        console.out(orjson.dumps(found, default=str).decode(), highlight=False)
    elif dry_run:
        _print_plan(found, console)
    else:
        _print_report(found, console)
    short = found["unread"] or (not dry_run and (found["waiting"] or found["rejected"]))
    return 1 if short else 0


def backfill(
    given: Given,
    show: Callable[[running.Progress], None] | None = None,
    readers: Workers | None = None,
) -> Json:
    """Do what is left of a backfill; its report.  `readers` may be others than `given` says.

    Raises UserError, WarehouseBusy, and Temporary where a list does not come for now.
    """
    with _ready(given, readers) as (door, wanted, crew, asker):
        # processes of this machine are sent what was read from its files, others read them
        read_files = read_ahead if type(crew) is Workers else read_afar
        outcome = running.run(door, wanted, crew, asker, show, read_files)
        return _report(door, outcome)


def foretold(given: Given) -> Json:
    """What a backfill would do, and how long it would take; loads nothing."""
    with _ready(given) as (door, wanted, crew, asker):
        known = None if wanted.anew else running.sought(door, wanted)
        if known:
            window, here, files = known.window, 0, 0
            unread: tuple[str, ...] = ()
            every = door.look(lambda warehouse: partitions(warehouse, known)) or []
            left = [p for p, loaded in every if not loaded]
        else:
            window = running.needed(wanted)
            plan = running.planned(door, wanted.source, window, asker, lambda _: None)
            unread, here, files = plan.unread, plan.known, len(plan.inputs)
            left = list(plan.partitions)
        found = estimated(door, asker, wanted.source, window, left, crew.n)
    return {
        "source": wanted.source.id,
        "from": str(window.first),
        "to": str(window.last),
        "backfill": known.name if known else None,
        "files": files,
        "known": here,
        **asdict(found),
        "unread": list(unread),
    }


@contextmanager
def _ready(
    given: Given, readers: Workers | None = None
) -> Iterator[tuple[Door, Wanted, Workers, Asker]]:
    source, contact, secrets = _declared(given)
    window = None
    if given.first or given.last or not given.resume:
        if not (given.first and given.last):
            raise UserError("say which days: --from 2026-01-01 --to 2026-01-31")
        window = window_of(given.first, given.last)
    if given.resume and given.anew:
        raise UserError("--resume goes on with a plan and --anew makes another: say one of them")
    if (given.dask or readers) and source.kind not in local.KINDS:
        raise UserError(
            f"source {source.id} is asked over the web, from one machine: leave Dask out"
        )
    path = settings.warehouse_path(given.warehouse)
    with ExitStack() as stack:
        door = stack.enter_context(Door(path, settings.archive_path(path)))
        crew = stack.enter_context(readers or crew_of(given.workers, given.dask))
        asker = stack.enter_context(Asker(contact, secrets))
        yield door, Wanted(source, window, given.resume, given.anew, given.pause), crew, asker


def _declared(given: Given) -> tuple[Source, str, dict[str, str]]:
    """The source as its file declares it.  Raises UserError: unknown, or wrong."""
    declared = settings.sources(Path(given.sources_file))
    every = (*declared.sources, *declared.archives)
    source = next((s for s in every if s.id == given.source), None)
    if source is None:
        wrong = [no for no in declared.errors if header(given.source) in str(no)]
        known = ", ".join(s.id for s in every) or "none"
        raise (
            wrong[0]
            if wrong
            else UserError(f"{given.sources_file} has no source {given.source!r}; it has: {known}")
        )
    secrets, unset = settings.secrets([source], os.environ)
    if unset:
        raise unset[0]
    return source, declared.contact, secrets


def _report(door: Door, outcome: Outcome) -> Json:
    backfill, progress = outcome.backfill, outcome.progress
    run_id = outcome.run_id or ""
    rejects: list[dict[str, Any]] = []
    if outcome.run_id:
        columns, rows = door.enter(
            lambda warehouse, _: warehouse.table("run_rejects", run_id=run_id)
        )
        rejects = [dict(zip(columns, row, strict=True)) for row in rows]
    return {
        "backfill": backfill.name,
        "source": backfill.source,
        "from": str(backfill.window.first),
        "to": str(backfill.window.last),
        "run": outcome.run_id,
        "warehouse": door.path,
        "partitions": outcome.before + progress.partitions,
        "before": outcome.before,
        "loaded": progress.done,
        "waiting": progress.waiting,
        **asdict(progress.ledger),
        "seconds": round(outcome.seconds, 2),
        "rejects": rejects,
        "unread": list(outcome.unread),
    }


def _print_plan(found: Json, console: Console) -> None:
    said = [f"{found['source']}, {found['from']} to {found['to']}"]
    if found["backfill"]:
        said.append(f"planned before as {found['backfill']}")
    said.append(f"{found['partitions']:,} partitions with {found['stories']:,} stories to load")
    if found["known"]:
        said.append(f"{found['known']:,} pages are here already")
    console.print("; ".join(said), markup=False)
    console.print(f"about {_clock(found['seconds'])}, by {found['basis']}", markup=False)
    for line in found["unread"]:
        console.print(f"not read: {line}", markup=False)


def _print_report(found: Json, console: Console) -> None:
    console.print(
        f"backfill {found['backfill']}: {found['source']}, {found['from']} to {found['to']}",
        markup=False,
    )
    if found["run"] is None:
        console.print(f"all {found['partitions']:,} partitions were loaded before", markup=False)
    else:
        rate = found["listed"] / found["seconds"] if found["seconds"] else 0
        console.print(
            f"{found['loaded']:,} partitions in {_clock(found['seconds'])} "
            f"({rate:,.0f} stories/s), {found['before']:,} were loaded before",
            markup=False,
        )
        columns = ("listed", "new_stories", "new_versions", "duplicates", "rejected", "dropped")
        counts = (f"{found[name]:,} {name.replace('_', ' ')}" for name in columns)
        console.print(", ".join(counts), markup=False)
    if found["waiting"]:
        console.print("some addresses did not come for now: run it again for them", markup=False)
    for line in found["unread"]:
        console.print(f"not read: {line}", markup=False)
    for row in found["rejects"][:SHOWN]:
        where = " ".join(filter(None, [row["locator"], row["place"]]))
        console.print(f"rejected: {where}: {row['code']}: {row['detail']}", markup=False)
    if len(found["rejects"]) > SHOWN:
        console.print(f"… {len(found['rejects']) - SHOWN:,} more in ops.rejects")


def _clock(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    if hours:
        return f"{hours} h {rest // 60} min"
    return f"{rest // 60} min {rest % 60} s" if rest >= 60 else f"{seconds:.1f} s"


@contextmanager
def _display(*, quiet: bool) -> Iterator[Callable[[running.Progress], None]]:
    """A line on standard error, where that is a terminal."""
    console = Console(stderr=True, highlight=False)
    display = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("ETA"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with display:
        task = display.add_task("planning …", total=None)

        def show(progress: running.Progress) -> None:
            # pages of which nobody knows how many stories they have count by themselves
            by_story = progress.stories > 0
            done = progress.passed if by_story else progress.done
            total = progress.stories if by_story else progress.partitions
            seconds = display.tasks[task].elapsed or 0
            listed = progress.ledger.listed
            display.update(
                task,
                completed=done,
                total=total,
                description=f"{progress.done:,} of {progress.partitions:,} partitions, "
                f"{listed:,} stories, {listed / seconds if seconds else 0:,.0f}/s, "
                f"{progress.ledger.rejected:,} rejected",
            )

        yield show
