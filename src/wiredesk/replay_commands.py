"""`wiredesk replay`: what the archive keeps, read again by today's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path

import orjson
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from wiredesk import settings
from wiredesk.afar.cluster import crew as crew_of
from wiredesk.errors import UserError
from wiredesk.fetch.archive import Archive
from wiredesk.ingest import Run, new_run_id, now
from wiredesk.model import Json, Source
from wiredesk.parallel import Workers
from wiredesk.replays.rebuilding import Rebuild, Reopened, Walked
from wiredesk.replays.rejected import Rejects
from wiredesk.replays.replaying import Outcome, Replay, Scope
from wiredesk.replays.reporting import (
    print_rebuild,
    print_recovery,
    print_replay,
    recovery_report,
    replay_report,
)
from wiredesk.report import run_report
from wiredesk.warehouse import Warehouse


def replay_command(
    since: str | None,
    source: str | None,
    where: str | None,
    from_archive: str | None,
    sources_file: str | None,
    warehouse: str | None,
    workers: int | None,
    dask: str | None = None,
    *,
    rejects: bool,
    diff: bool,
    as_json: bool,
) -> int:
    """`wiredesk replay`: exit code 0, or 1 with what could not be read again.

    With `diff` nothing is written, and the report says what would change.  `rejects` reads what
    was turned away, `from_archive` fills a new warehouse.
    """
    if from_archive is not None:
        if since or source or where or rejects or diff:
            raise UserError("--from-archive takes all that an archive holds: leave the others out")
        crew = crew_of(workers, dask)
        return _rebuild(Path(from_archive), sources_file, warehouse, crew, as_json=as_json)
    if rejects and where:
        raise UserError("--where is about versions, and a reject is none: leave one of them out")
    asked = (since, source, where, sources_file, warehouse, workers, dask)
    began = now()
    report, faults = replayed(*asked, rejects=rejects, diff=diff, quiet=as_json)
    _print(report, began, print_recovery if rejects else print_replay, as_json=as_json)
    return int(faults)


def replayed(
    since: str | None,
    source: str | None,
    where: str | None,
    sources_file: str | None,
    warehouse: str | None,
    workers: int | None,
    dask: str | None = None,
    *,
    rejects: bool = False,
    diff: bool = False,
    quiet: bool = True,
) -> tuple[Json, bool]:
    """Read again; the report, and whether there was something that could not be read."""
    began = now()
    day = _day(since)
    declared = _declared(sources_file)
    with (
        _opened(warehouse, diff=diff) as (open_warehouse, archive),
        crew_of(workers, dask) as crew,
        _progress(quiet=quiet) as show,
    ):
        run_id = new_run_id(began)
        if not diff:
            open_warehouse.begin_run(run_id, "replay", began)
        given = (run_id, open_warehouse, archive, crew, declared, now)
        said = {"run": run_id, "warehouse": open_warehouse.path, "written": not diff}
        if rejects:
            recovery = Rejects(*given, put_right=not diff).run(day, source)
            return said | recovery_report(recovery), bool(recovery.left)
        outcome = Replay(*given, put_right=not diff).run(Scope(day, source, where), show)
        return said | replay_report(outcome), bool(outcome.unread)


def _rebuild(
    folder: Path,
    sources_file: str | None,
    given: str | None,
    crew: Workers,
    *,
    as_json: bool,
) -> int:
    path = settings.warehouse_path(given)
    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder; name the folder of an archive")
    beside = settings.archive_path(path)
    if beside and beside.is_dir() and beside.resolve() != folder.resolve():
        raise UserError(f"{path} has an archive of its own, {beside}: name a new warehouse")
    began = now()
    declared = _declared(sources_file)
    with (
        Warehouse(path) as open_warehouse,
        Reopened(folder, now=now) as archive,
        crew,
        _progress(quiet=as_json) as show,
    ):
        run = Run(new_run_id(began), open_warehouse, archive, crew)
        open_warehouse.begin_run(run.id, "replay", began)
        rebuild = Rebuild(run, archive, declared, show)
        rebuild.all()
        report = run_report(open_warehouse, run.id)
    report["lost"] = [asdict(no) for no in rebuild.lost]
    report["archive"] = str(folder)
    _print(report, began, print_rebuild, as_json=as_json)
    return int(bool(rebuild.lost))


def _print(
    report: Json, began: datetime, for_people: Callable[[Json, Console], None], *, as_json: bool
) -> None:
    report["seconds"] = round((now() - began).total_seconds(), 2)
    console = Console(highlight=False, soft_wrap=True)
    if as_json:
        console.out(orjson.dumps(report, default=str).decode(), highlight=False)
    else:
        for_people(report, console)


def _day(since: str | None) -> datetime | None:
    if since is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(since), time(), UTC)
    except ValueError:
        raise UserError(f"--since {since!r} is no day; write it as 2026-03-31") from None


def _declared(sources_file: str | None) -> dict[str, Source]:
    """The sources that a file declares; records of today say themselves how they are read."""
    if sources_file is None:
        return {}
    return {source.id: source for source in settings.sources(Path(sources_file)).sources}


@contextmanager
def _opened(given: str | None, *, diff: bool) -> Iterator[tuple[Warehouse, Archive]]:
    """A warehouse that is there, and its archive."""
    path = settings.warehouse_path(given)
    root = settings.archive_path(path)
    if root is None or not root.is_dir():
        raise UserError(f"no archive at {root}: name the folder with WIREDESK_ARCHIVE")
    with ExitStack() as stack:
        open_warehouse = stack.enter_context(Warehouse(path, read_only=diff))
        yield open_warehouse, stack.enter_context(Archive(root, now=now))


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[Outcome | Walked], None]]:
    """A bar on standard error, where that is a terminal: how far, how fast, how long yet."""
    console = Console(stderr=True, highlight=False)
    display = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with display:
        task = display.add_task("replay", total=None)

        def show(said: Outcome | Walked) -> None:
            if isinstance(said, Walked):
                display.update(task, total=said.bytes, completed=said.read, description=said.text)
            else:
                done = said.reread + said.unread.total()
                text = f"replay: {said.changed:,} changed"
                display.update(task, total=said.wanted, completed=done, description=text)

        yield show
