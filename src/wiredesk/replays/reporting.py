"""What a replay did, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from wiredesk import __version__
from wiredesk.model import Json
from wiredesk.replays.rejected import Recovery
from wiredesk.replays.replaying import Outcome
from wiredesk.report import print_report

SHOWN = 20


def replay_report(outcome: Outcome) -> Json:
    """What a replay found, as one object."""
    fields = sorted(outcome.fields.items(), key=lambda each: (-each[1].versions, each[0]))
    return {
        "rules": __version__,
        "resumed": outcome.resumed,
        "wanted": outcome.wanted,
        "reread": outcome.reread,
        "changed": outcome.changed,
        "moved": outcome.moved,
        "fields": {
            name: {
                "versions": tally.versions,
                "samples": [
                    {"version": str(version), "before": before, "after": after}
                    for version, before, after in tally.samples
                ],
            }
            for name, tally in fields
        },
        "unread": dict(outcome.unread),
        "unread_samples": [
            {**asdict(no), "version_id": str(no.version_id)} for no in outcome.shown
        ],
    }


def recovery_report(outcome: Recovery) -> Json:
    """What became of rejects, as one object."""
    return {
        "rules": __version__,
        "rejects": outcome.read,
        "recovered": outcome.recovered,
        "ledger": asdict(outcome.ledger),
        "left": [asdict(no) for no in outcome.left],
    }


def print_replay(report: Json, console: Console) -> None:
    """A line, a table of fields, and what could not be read."""
    on = " (going on where an earlier run ended)" if report["resumed"] else ""
    otherwise = "were read otherwise and are right now" if report["written"] else "would change"
    console.print(
        f"{report['reread']:,} versions read again by the rules of {report['rules']}{on}: "
        f"{report['changed']:,} {otherwise}, {report['moved']:,} of them under another key"
    )
    if report["fields"]:
        table = Table(box=None)
        for column in ("field", "versions", "before", "after"):
            table.add_column(
                column, justify="right" if column == "versions" else "left", overflow="fold"
            )
        for name, tally in report["fields"].items():
            for nth, sample in enumerate(tally["samples"] or [{"before": "", "after": ""}]):
                first = (name, f"{tally['versions']:,}") if nth == 0 else ("", "")
                said = [sample[side] for side in ("before", "after")]
                table.add_row(*first, *("-" if text is None else escape(text) for text in said))
        console.print(table)
    for code, versions in report["unread"].items():
        console.print(f"{versions:,} could not be read again ({code}) and stay as they are")
    for no in report["unread_samples"]:
        console.print(f"  {no['locator']}: {no['code']}: {no['detail']}", markup=False)


def print_recovery(report: Json, console: Console) -> None:
    """A line, and what is turned away still."""
    ledger = report["ledger"]
    console.print(
        f"{report['rejects']:,} rejects read again: {report['recovered']:,} can be read"
        f"{' now' if report['written'] else ''}, {ledger['new_stories']:,} new stories, "
        f"{ledger['new_versions']:,} new versions, {ledger['duplicates']:,} known"
    )
    _print_some(report["left"], console)


def print_rebuild(report: Json, console: Console) -> None:
    """The report of a run, and what of the archive is lost."""
    print_report(report, console)
    _print_some(report["lost"], console)
    console.print(f"its archive is {report['archive']}: keep WIREDESK_ARCHIVE on it", markup=False)


def _print_some(rejects: list[Json], console: Console) -> None:
    for no in rejects[:SHOWN]:
        where = " ".join(filter(None, [no["locator"], no["where"]]))
        console.print(f"  {where}: {no['code']}: {no['detail']}", markup=False)
    if len(rejects) > SHOWN:
        console.print(f"  … {len(rejects) - SHOWN:,} more")
