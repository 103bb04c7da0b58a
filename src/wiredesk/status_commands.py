"""`wiredesk status`: one screen for those who keep it running.

It is asked often, so it imports little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import orjson
from rich.console import Console

from wiredesk import settings
from wiredesk.model import Json
from wiredesk.status import status
from wiredesk.terminal import safe

TROUBLED = ("failing", "overdue", "silent", "retired")
SHOWN = 8  #: sources and gaps that stand on the screen
COUNTS = {
    "new_stories": "new",
    "new_versions": "updated",
    "duplicates": "known",
    "rejected": "rejected",
    "dropped": "dropped",
}


def status_command(warehouse: str | None, snapshot: str | None, *, as_json: bool) -> int:
    """`wiredesk status`: exit code 0, or 1 where there is something to look at."""
    path = settings.warehouse_path(warehouse)
    at = datetime.now(UTC)
    found = status(
        path, settings.snapshot_path(snapshot, warehouse), settings.archive_path(path), at
    )
    console = Console(highlight=False, soft_wrap=True)
    if as_json:
        console.out(orjson.dumps(found, default=str).decode())
    else:
        for line in _lines(found, at):
            console.print(line, markup=False)
    return int(any(found.get("alarms", {}).values()))


def _lines(found: Json, at: datetime) -> Iterator[str]:
    yield from _places(found)
    many = found["today"]["sources"]
    yield f"today      {_became(found['today'])}, by {many} source{'s' * (many != 1)}"
    if "sources" not in found:
        yield "sources    cannot be told before wiredesk migrate"
        return
    told = [f"{name}: {count}" for name, count in found["alarms"].items() if count]
    yield f"alarms     {', '.join(told) + ' (wiredesk check shows them)' if told else 'none'}"
    states = found["states"]
    order = ("waiting", "due", *TROUBLED)
    yield f"sources    {', '.join(f'{states[s]} {s}' for s in order if s in states) or 'none yet'}"
    yield from _troubles(found["sources"], at)
    yield from _gaps(found["gaps"])
    yield from _runs(found.get("runs", ()))


def _places(found: Json) -> Iterator[str]:
    where, schema, totals = found["warehouse"], found["schema"], found["totals"]
    size = "" if where["bytes"] is None else f", {_megabytes(where['bytes'])}"
    yield f"{where['path']}: {totals['stories']:,} stories, {totals['versions']:,} versions{size}"
    if where["busy"]:
        yield "           is being written: what follows is of the snapshot"
    elif schema["waiting"]:
        newest = schema["waiting"][-1]
        yield f"schema     {schema['version']}, and {newest} is the newest: wiredesk migrate"
    else:
        yield f"schema     {schema['version']}"
    if snapshot := found["snapshot"]:
        age = _ago(snapshot["age_s"])
        yield f"snapshot   {snapshot['path']}: {age} old, {_megabytes(snapshot['bytes'])}"
    else:
        yield "snapshot   none published"
    if archive := found["archive"]:
        size = _megabytes(archive["bytes"])
        yield f"archive    {archive['path']}: {archive['files']:,} files, {size}"


def _troubles(sources: list[Json], at: datetime) -> Iterator[str]:
    troubled = [source for state in TROUBLED for source in sources if source["state"] == state]
    for source in troubled[:SHOWN]:
        yield f"  {source['state']:<8} {safe(source['source_id'])}  {_trouble(source, at)}"
    if len(troubled) > SHOWN:
        yield f"  … {len(troubled) - SHOWN} more: --json has them all"


def _trouble(source: Json, at: datetime) -> str:
    seen = source["seen_at"]
    well = f"last went well {_since(seen, at)} ago" if seen else "never went well"
    if source["state"] == "failing":
        why = safe(" ".join((source["detail"] or "").split()))[:100]
        return f"{source['failures']} times in a row ({source['outcome']}: {why}); {well}"
    if source["state"] == "overdue":
        return f"was due {_since(source['next_at'], at)} ago: does anything poll it?"
    if source["state"] == "silent":
        return f"answers, and brings nothing new for longer than it ever did; {well}"
    return f"gone since {_since(source['polled_at'], at)}; {well}"


def _gaps(gaps: list[Json]) -> Iterator[str]:
    yield f"open gaps  {len(gaps) or 'none'} in the last 7 days"
    for gap in gaps[:SHOWN]:
        why = gap["detail"] or "it names no sitemap"
        when = f"{gap['since']:%m-%d %H:%M} to {gap['until']:%m-%d %H:%M}"
        yield f"  {safe(gap['source_id'])}  {when}: {safe(' '.join(why.split()))[:100]}"


def _runs(runs: Sequence[Json]) -> Iterator[str]:
    yield "runs" if runs else "runs       none yet"
    for run in runs:
        took = "" if run["seconds"] is None else f"{run['seconds']:,.1f} s"
        what = f"{run['run_id']}  {run['command']:<8} {run['state']:<10}"
        yield f"  {what} {took:>10}  {_became(run)}"
        if run["detail"]:
            yield f"    {safe(run['detail'])[:100]}"


def _became(counts: Json) -> str:
    """What came of what was listed."""
    told = [f"{counts[name]:,} {word}" for name, word in COUNTS.items() if counts.get(name)]
    return f"{counts['listed']:,} listed{': ' * bool(told)}{', '.join(told)}"


def _since(then: datetime, at: datetime) -> str:
    return _ago((at - then) // timedelta(seconds=1))


def _ago(seconds: int) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{max(seconds, 0)} seconds"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
