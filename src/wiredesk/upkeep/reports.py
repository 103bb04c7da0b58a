"""What a run and a day came to, in Markdown for people; its charts are of text, so they show in any
browser, and without a network.  Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from wiredesk.model import Json
from wiredesk.publish import Published
from wiredesk.upkeep.maintenance import Maintained
from wiredesk.upkeep.quality import Quality, Scores
from wiredesk.upkeep.troubles import Trouble

BLOCKS = "▁▂▃▄▅▆▇█"
PARTS = {
    "new_stories": "new",
    "new_versions": "updated",
    "duplicates": "known",
    "rejected": "rejected",
    "dropped": "dropped",
}
WIDTH = 20  #: characters of the longest bar
#: what Markdown would take for a sign of its own, in names that are not ours
SIGNS = re.compile(r"([\\`*_{}\[\]<>|#])")


def sparkline(values: Sequence[int]) -> str:
    """A column a value, as high as it is large; nothing at all is a dot."""
    most = max(values, default=0)
    return "".join(BLOCKS[(v * len(BLOCKS) - 1) // most] if v > 0 else "·" for v in values)


def bar(value: int, most: int) -> str:
    """A line as long as a value is large; what is there at all is seen."""
    return "█" * max(round(WIDTH * value / most), 1) if value > 0 and most > 0 else ""


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A table in Markdown; numbers stand to the right."""
    rows = list(rows)
    numbers = [all(isinstance(row[n], int | float) for row in rows) for n in range(len(columns))]
    yield f"| {' | '.join(columns)} |"
    yield f"|{'|'.join(' ---: ' if number else ' --- ' for number in numbers)}|"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def quality_report(found: Quality, desk: str | None = None) -> str:
    """The daily report."""
    return "\n".join(_quality(found, desk))


def maintenance_report(done: Maintained) -> str:
    """What upkeep did."""
    before, after = done.warehouse_before, done.warehouse_after
    size = "a lake" if before is None or after is None else f"{_mb(before)} → {_mb(after)}"
    moved = done.rotated
    rows = [
        ("warehouse", size),
        ("archive", f"{done.archive_files:,} files, {_mb(done.archive_bytes)}"),
        ("put aside", f"{moved.files:,} files, {_mb(moved.bytes)}" if moved else "no place named"),
        ("snapshots", _mb(done.snapshots_bytes)),
    ]
    return "\n".join(table(("what", "came of it"), rows))


def publish_report(done: Published, desk: str | None = None) -> str:
    """What was published, or why nothing was."""
    if done.offences:
        found = [(offence.check, len(offence.rows)) for offence in done.offences]
        return "\n".join(("Nothing was published.", "", *table(("check", "offenders"), found)))
    rows: list[tuple[str, Any]] = [
        ("snapshot", done.id),
        ("open", f"{done.to}/newswire.duckdb"),
        ("size", _mb(done.bytes)),
        ("months written", ", ".join(done.months) or "none"),
        ("seconds", round(done.seconds, 1)),
    ]
    return "\n".join((*table(("what", ""), rows), *_link(desk)))


def ledger_total(ledger: Sequence[Json]) -> str:
    """The ledger of a run in a line."""
    total = {name: sum(row[name] for row in ledger) for name in ("listed", *PARTS)}
    parts = (f"{total[name]:,} {word}" for name, word in PARTS.items() if total[name])
    return f"{total['listed']:,} listed: {', '.join(parts) or 'nothing'}"


def _quality(found: Quality, desk: str | None) -> Iterator[str]:
    totals = found.totals
    yield f"# {found.at:%A, %d %B %Y}"
    yield ""
    yield (
        f"{totals['stories']:,} stories, {totals['versions']:,} versions, "
        f"{totals['credits']:,} credits, {totals['rejects']:,} rejects in `{found.warehouse}`."
    )
    yield from _link(desk)
    yield from _troubles(found.troubles)
    yield from ("", "## Every day accounted for", "")
    yield from _days(found.days)
    yield from ("", "## Sources", "")
    yield from _sources(found.sources)
    yield from ("", "## Checks", "")
    yield from table(
        ("check", "offenders", ""),
        [
            *((name, count, "FAIL" if count else "ok") for name, count in found.checks.items()),
            *((name, count, "look" if count else "ok") for name, count in found.alarms.items()),
        ],
    )
    if found.scores:
        yield from ("", "## Labelled copy", "")
        yield from _scores(found.scores)


def _troubles(troubles: Sequence[Trouble]) -> Iterator[str]:
    yield from ("", "## To look at", "")
    if not troubles:
        yield "Nothing."
    for trouble in troubles:
        yield f"- **{trouble.kind}** {_escaped(trouble.said)}"


def _days(days: Sequence[Json]) -> Iterator[str]:
    most = max((day["new_stories"] + day["new_versions"] for day in days), default=0)
    shown = ("listed", *PARTS, "unaccounted", "failed", "open_gaps")
    heads = (PARTS.get(name, name) for name in shown)
    yield from table(
        ("day", "new and updated", *(head.replace("_", " ") for head in heads)),
        (
            (day["day"], bar(day["new_stories"] + day["new_versions"], most),
             *(day[name] for name in shown))
            for day in days
        ),
    )  # fmt: skip


def _sources(sources: Sequence[Json]) -> Iterator[str]:
    yield from table(
        ("source", "14 days", "state", "listed", "rejected", "failed", "median lag", "last new"),
        (
            (
                row["source_id"],
                f"`{sparkline(row['stories'])}`",
                row["state"] or "",
                row["listed"] or 0,
                row["rejected"] or 0,
                f"{row['failed'] or 0:,} of {row['fetches'] or 0:,}",
                "" if row["lag_s"] is None else str(timedelta(seconds=round(row["lag_s"]))),
                f"{row['last_new_at']:%Y-%m-%d %H:%M}" if row["last_new_at"] else "never",
            )
            for row in sources
        ),
    )


def _scores(scores: Scores) -> Iterator[str]:
    yield from table(
        ("measure", "figure", "floor", ""),
        (
            (name, round(figure, 4), f"{scores.floors.get(name, '')}",
             "BELOW" if name in scores.below else "")
            for name, figure in scores.figures.items()
        ),
    )  # fmt: skip


def _link(desk: str | None) -> Iterator[str]:
    if desk:
        yield from ("", f"[Open the desk]({desk})")


def _cell(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, str) and value.startswith("`"):
        return value
    return _escaped(str(value))


def _escaped(text: str) -> str:
    return SIGNS.sub(r"\\\1", " ".join(text.split()))


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
