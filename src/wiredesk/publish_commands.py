"""`wiredesk publish`: a snapshot of a warehouse, and what became of it in words."""

from __future__ import annotations

from dataclasses import asdict

import orjson
from rich.console import Console

from wiredesk import settings
from wiredesk.ingest import now
from wiredesk.opening import reading
from wiredesk.publish import Published, publish
from wiredesk.search import INDEX_FORMAT, refresh


def published(to: str | None, keep: int, warehouse: str | None) -> Published:
    """Publish what a warehouse holds.  Raises UserError where it cannot be done."""
    place = settings.snapshot_path(to, warehouse)
    with reading(warehouse) as found:
        return publish(found, place, now(), keep, index=refresh, index_format=INDEX_FORMAT)


def publish_command(to: str | None, keep: int, warehouse: str | None, *, as_json: bool) -> int:
    """`wiredesk publish`: exit code 0, or 1 where checks found offenders and nothing was done."""
    done = published(to, keep, warehouse)
    console = Console(highlight=False, soft_wrap=True)
    if as_json:
        console.out(orjson.dumps(asdict(done), default=str).decode())
    else:
        console.print(told(done), markup=False)
    return 1 if done.offences else 0


def told(done: Published) -> str:
    """What a publish did, in a few lines."""
    if done.offences:
        found = "\n".join(f"  {offence.check}: {len(offence.rows):,}" for offence in done.offences)
        return f"not published: checks found offenders (wiredesk check shows them)\n{found}"
    months = f"{len(done.months)} month{'s' * (len(done.months) != 1)} written"
    return (
        f"published {done.id} in {done.seconds:.1f} s: {done.bytes / 1e6:,.1f} MB, {months}\n"
        f"open {done.to}/newswire.duckdb, or run wiredesk desk --snapshot {done.to}"
    )
