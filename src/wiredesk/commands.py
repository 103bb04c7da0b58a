"""The commands that write: what `cli.py` and the flows call, without click and without Prefect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import orjson
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from wiredesk import agencies, formats, settings
from wiredesk.bench import bench
from wiredesk.errors import UserError
from wiredesk.fetch import files, http
from wiredesk.fetch.archive import Archive
from wiredesk.ingest import Arrived, Run, new_run_id, now
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.report import print_highlights, print_report, print_scores, run_report
from wiredesk.score import fallen, figures, raised, score
from wiredesk.warehouse import Ledger, Warehouse, checks


def ingest_paths(
    paths: Sequence[str],
    format_: str | None,
    agency: str | None,
    source_id: str,
    warehouse: str | None,
    workers: int | None,
    *,
    as_json: bool,
) -> int:
    """`wiredesk ingest`: exit code 0, or 1 with rejects."""
    source = Source(
        id=source_id,
        kind="file",
        url="",
        format=formats.named(format_),
        agency=agencies.checked(agency),
    )
    with opened(warehouse, "ingest", workers) as run, _progress(as_json) as show:
        run.ingest(source, _arrivals(paths, source), show(source_id))
        return _finish(run, as_json=as_json, highlights=False)


def _arrivals(paths: Sequence[str], source: Source) -> Iterator[Arrived]:
    local = [path for path in paths if not path.startswith(("http://", "https://"))]
    yield from files.captures(local, source.id, now())
    remote = [path for path in paths if path not in local]
    if remote:
        with http.client() as client:
            for url in remote:
                yield from http.poll(client, Source(source.id, "feed", url), {}, now)


def run_sources(
    sources_file: str,
    only: Sequence[str],
    warehouse: str | None,
    workers: int | None,
    *,
    as_json: bool,
    highlights: bool,
) -> int:
    """`wiredesk run`: exit code 0, or 1 with rejects or failed fetches."""
    declared = settings.sources(Path(sources_file))
    missing = set(only) - {source.id for source in declared}
    if missing:
        raise UserError(f"{sources_file} has no source {min(missing)!r}")
    wanted = [source for source in declared if not only or source.id in only]
    with opened(warehouse, "run", workers) as run, _progress(as_json) as show:
        for source in wanted:
            poll_source(run, source, show(source.id))
        return _finish(run, as_json=as_json, highlights=highlights)


def poll_source(run: Run, source: Source, progress: ProgressLine | None = None) -> Ledger:
    """Poll one source and take in what it has."""
    if source.kind == "folder":
        return run.ingest(source, files.captures([source.url], source.id, now()), progress)
    with http.client() as client:
        arrived: Iterable[Arrived] = http.poll(
            client, source, run.warehouse.cursors(source.id), now
        )
        return run.ingest(source, arrived, progress)


def check_warehouse(warehouse: str | None, *, as_json: bool) -> int:
    """`wiredesk check`: exit code 0, or 1 with offenders."""
    path = settings.warehouse_path(warehouse)
    if not Path(path).exists():
        raise UserError(f"{path}: no such warehouse; wiredesk ingest or run makes one")
    console = Console(highlight=False)
    found = {}
    with Warehouse(path, read_only=True) as open_warehouse:
        for name in checks():
            columns, rows = open_warehouse.offenders(name)
            found[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    if as_json:
        console.out(orjson.dumps(found, default=str).decode(), highlight=False)
    else:
        for name, offenders in found.items():
            console.print(f"{'ok  ' if not offenders else 'FAIL'} {name}", markup=False)
            for offender in offenders[:10]:
                console.print(f"       {offender}", markup=False, soft_wrap=True)
            if len(offenders) > 10:
                console.print(f"       … {len(offenders) - 10:,} more")
    return 1 if any(found.values()) else 0


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


def score_folder(folder: str, show: int, *, update: bool, allow_lower: bool, as_json: bool) -> int:
    """`wiredesk score`: exit code 0, or 1 with a figure below its floor."""
    path = Path(folder) / "floors.json"
    floors = orjson.loads(path.read_bytes()) if path.exists() else {}
    tallies = score(Path(folder))
    found = figures(tallies)
    below = fallen(floors, found)
    if update:
        rows = raised(floors, found, lower=allow_lower)
        path.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2) + b"\n")
    console = Console(highlight=False, soft_wrap=True)
    if as_json:
        report = {"figures": found, "floors": floors, "below": below}
        console.out(orjson.dumps(report).decode(), highlight=False)
    else:
        print_scores(tallies, found, floors, show, console)
    return 1 if below and not (update and allow_lower) else 0


@contextmanager
def opened(warehouse: str | None, command: str, workers: int | None) -> Iterator[Run]:
    """A run over an open warehouse and its archive."""
    path = settings.warehouse_path(warehouse)
    root = settings.archive_path(path)
    at = now()
    with Warehouse(path) as open_warehouse, Workers(workers) as crew:
        run = Run(new_run_id(at), open_warehouse, Archive(root) if root else None, crew)
        open_warehouse.begin_run(run.id, command, at)
        yield run


def _finish(run: Run, *, as_json: bool, highlights: bool) -> int:
    report = run_report(run.warehouse, run.id)
    console = Console(highlight=False)
    if as_json:
        console.out(orjson.dumps(report, default=str).decode(), highlight=False)
    else:
        print_report(report, console)
        if highlights:
            print_highlights(run.warehouse, console)
    rejected = sum(row["rejected"] for row in report["sources"])
    return 1 if rejected else 0


class ProgressLine:
    """A line of a progress display that ledgers are added to."""

    def __init__(self, display: Progress, source: str) -> None:
        self._display = display
        self._source = source
        self._total = Ledger()
        self._task = display.add_task(f"{source}: …", total=None)

    def __call__(self, ledger: Ledger) -> None:
        self._total += ledger
        t = self._total
        self._display.update(
            self._task,
            description=f"{self._source}: {t.listed:,} listed, {t.new_stories + t.new_versions:,} "
            f"loaded, {t.duplicates:,} known, {t.rejected:,} rejected",
        )


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], ProgressLine]]:
    """A display on standard error, where that is a terminal."""
    console = Console(stderr=True, highlight=False)
    display = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with display:
        yield partial(ProgressLine, display)
