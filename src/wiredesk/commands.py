"""The commands that write: what `cli.py` and the flows call, without click and without Prefect."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from wiredesk import agencies, formats, settings
from wiredesk.diffing import show_diff
from wiredesk.errors import UserError
from wiredesk.fetch import files
from wiredesk.fetch.archive import Archive
from wiredesk.fetch.fetching import Ask, Fetching
from wiredesk.fetch.http import Web
from wiredesk.formats.columns import parsed
from wiredesk.ingest import Run, new_run_id, now
from wiredesk.lake import lake_of
from wiredesk.match.changes import changes
from wiredesk.model import Source
from wiredesk.parallel import Workers
from wiredesk.polling import Polling, Which
from wiredesk.report import print_highlights, print_report, print_scores, run_report
from wiredesk.revisions import version_texts
from wiredesk.runs import recorded
from wiredesk.score import fallen, figures, raised, score
from wiredesk.source_table import header
from wiredesk.warehouse import Ledger, Warehouse, alarms, checks


def ingest_paths(
    paths: Sequence[str],
    format_: str | None,
    agency: str | None,
    source_id: str,
    warehouse: str | None,
    workers: int | None,
    columns: str | None = None,
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
        columns=parsed(columns),
    )
    with opened(warehouse, "ingest", workers) as run, _progress(as_json) as show:
        remote = [path for path in paths if path.startswith(("http://", "https://"))]
        local = [path for path in paths if path not in remote]
        line = show(source_id)
        run.ingest(source, files.captures(local, source.id, now(), source.columns), line)
        if remote:
            _addresses(run, remote, source, line)
        return _finish(run, as_json=as_json, highlights=False)


def _addresses(run: Run, urls: Sequence[str], source: Source, show: ProgressLine) -> None:
    """Take in what lies at addresses that a person named, who thereby allows their hosts."""
    hosts = tuple(host for url in urls if (host := urlsplit(url).hostname))
    asker = replace(source, kind="file", allow=hosts)
    with Fetching[None](partial(web, run, "ingest", {})) as fetching:
        for url in urls:
            fetching.ask(Ask(asker, url, None))
        for batch in fetching.answers():
            for came, _ in run.take([(ask.source, answer) for ask, answer in batch]):
                for ledger in came.values():
                    show(ledger)


def run_sources(
    sources_file: str,
    only: Sequence[str],
    warehouse: str | None,
    workers: int | None,
    *,
    every: bool,
    as_json: bool,
    highlights: bool,
) -> int:
    """`wiredesk run`: exit code 0, or 1 with rejects, failed fetches or wrong sources."""
    declared = settings.sources(Path(sources_file))
    wanted = named(sources_file, declared, only)
    secrets, unset = settings.secrets(wanted, os.environ)
    wrong = (*declared.errors, *unset)
    for no in wrong:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"wiredesk: {no}", markup=False)
    wanted = [source for source in wanted if not source.credentials or source.id in secrets]
    with opened(warehouse, "run", workers) as run, _progress(as_json) as show:
        poll_sources(
            *(
                run,
                wanted,
                declared.contact,
                secrets,
                "named" if only else "living" if every else "due",
            ),
            show=show,
        )
        return _finish(run, as_json=as_json, highlights=highlights) or int(bool(wrong))


def named(
    sources_file: str, declared: settings.SourcesFile, only: Sequence[str]
) -> Sequence[Source]:
    """The sources that `only` names, or all.  Raises UserError for one that is wrong or missing."""
    for name in only:
        if all(source.id != name for source in declared.sources):
            wrong = [no for no in declared.errors if header(name) in str(no)]
            raise wrong[0] if wrong else UserError(f"{sources_file} has no source {name!r}")
    return [source for source in declared.sources if not only or source.id in only]


def poll_sources(
    run: Run,
    sources: Sequence[Source],
    contact: str,
    secrets: Mapping[str, str],
    which: Which,
    *,
    show: Callable[[str], ProgressLine] | None = None,
) -> None:
    """One pass over sources."""
    line = show(f"{len(sources)} sources") if show else None
    polling = Polling(run, partial(web, run, contact, secrets), now, line)
    polling.poll(sources, which)


def poll_source(run: Run, source: Source, contact: str, secrets: Mapping[str, str]) -> Ledger:
    """Poll one source, due or not; its ledger."""
    polling = Polling(run, partial(web, run, contact, secrets), now)
    return polling.poll([source], "named").get(source.id, Ledger())


def web(run: Run, contact: str, secrets: Mapping[str, str]) -> Web:
    """The web for a run, with the robots.txt files that the warehouse still knows."""
    return Web(contact=contact, now=now, secrets=secrets, robots=run.warehouse.robots(now()))


def check_warehouse(warehouse: str | None, *, as_json: bool) -> int:
    """`wiredesk check`: exit code 0, or 1 with offenders."""
    console = Console(highlight=False)
    found = {}
    with _reading(warehouse) as open_warehouse:
        for name in (*checks(), *alarms()):
            columns, rows = open_warehouse.offenders(name)
            found[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    if as_json:
        console.out(orjson.dumps(found, default=str).decode(), highlight=False)
    else:
        for name, offenders in found.items():
            verdict = "ok" if not offenders else "look" if name in alarms() else "FAIL"
            console.print(f"{verdict:<4} {name}", markup=False)
            for offender in offenders[:10]:
                console.print(f"       {offender}", markup=False, soft_wrap=True)
            if len(offenders) > 10:
                console.print(f"       … {len(offenders) - 10:,} more")
    return 1 if any(found.values()) else 0


def print_clusters(warehouse: str | None, *, as_json: bool) -> int:
    """`wiredesk clusters`: a line an item."""
    with _reading(warehouse) as open_warehouse:
        columns, found = open_warehouse.table("clusters")
    if as_json:
        write = sys.stdout.buffer.write
        for row in found:
            write(orjson.dumps(dict(zip(columns, map(_plain, row), strict=True))) + b"\n")
        return 0
    table = Table(box=None)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in found:
        if row[columns.index("cluster")] or row[columns.index("chain")]:
            table.add_row(*("" if value is None else escape(str(value)) for value in row))
    Console(highlight=False).print(table)
    return 0


def print_diff(said: str, warehouse: str | None, *, as_json: bool) -> int:
    """`wiredesk diff`: each version of a story against the one before it."""
    console = Console(highlight=False, soft_wrap=True)
    with _reading(warehouse) as open_warehouse:
        found = open_warehouse.rows("find_story", said=said)
        if not found:
            raise UserError(f"no story is called {said!r}; give its key, id, address or headline")
        if len(found) > 1 and found[0][1] == found[1][1]:
            shown = "; ".join(f"{story} {headline}" for story, _, headline in found[:5])
            raise UserError(f"{said!r} may be several stories: {shown}")
        texts = version_texts(open_warehouse, [found[0][0]])
    for before, text in texts.values():
        if before not in texts:
            continue
        old = texts[before][1]
        told = changes(old, text)
        if as_json:
            console.out(orjson.dumps([asdict(change) for change in told]).decode())
        else:
            show_diff(old, text, told, console)
    if len(texts) == 1 and not as_json:
        console.print("one version, nothing to compare it with")
    return 0


def _plain(value: object) -> object:
    """Keys as text: programs that read JSON numbers as floats would round them."""
    return str(value) if isinstance(value, int) else value


@contextmanager
def _reading(warehouse: str | None) -> Iterator[Warehouse]:
    """A warehouse that is there, for reading."""
    path = settings.warehouse_path(warehouse)
    if not lake_of(path) and not Path(path).exists():
        raise UserError(f"{path}: no such warehouse; wiredesk ingest or run makes one")
    with Warehouse(path, read_only=True) as found:
        yield found


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
    with ExitStack() as stack:
        open_warehouse = stack.enter_context(Warehouse(path))
        archive = stack.enter_context(Archive(root, now=now)) if root else None
        crew = stack.enter_context(Workers(workers))
        run = Run(new_run_id(at), open_warehouse, archive, crew)
        stack.enter_context(recorded(open_warehouse, run.id, command, now, settings.metrics_path()))
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
