"""What may go on at once, over all processes and machines that one Prefect server knows.

    wiredesk-writer-FILE   1   a DuckDB file has one writer, and while it writes nobody else reads
    wiredesk-host-HOST     1   a backfill asks a host; polls, which come first, do not wait for it

Within a process politeness.py keeps the distance between two requests; polls of a warehouse are
one at a time, so a host hears at most one poll and one backfill at once.  A slot is leased: that
of a process that was killed is free again after LEASE seconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
from prefect.concurrency.sync import concurrency

from wiredesk import settings
from wiredesk.lake import lake_of
from wiredesk.model import Source

LEASE = 60.0  #: seconds; the least that Prefect grants
PAGE = 200  #: limits that one request lists


def writer(warehouse: str | None) -> str:
    """The name of the limit on those who write a warehouse."""
    path = settings.warehouse_path(warehouse)
    lake = lake_of(path)
    place = lake.shown if lake else str(Path(path).resolve())
    # a name holds no slash, and two files of one name may lie in two folders
    print_ = hashlib.sha256(place.encode()).hexdigest()[:8]
    return f"wiredesk-writer-{lake.kind if lake else Path(path).name}-{print_}"


def host(source: Source) -> str | None:
    """The name of the limit on backfills that ask a source's host."""
    name = urlsplit(source.url).hostname if "://" in source.url else None
    return f"wiredesk-host-{name}" if name else None


def polling(warehouse: str | None) -> AbstractContextManager[None]:
    """While no other poll goes on, and nobody else has the file."""
    return concurrency(writer(warehouse), lease_duration=LEASE)


def alone(warehouse: str | None) -> AbstractContextManager[None]:
    """While nobody else has the file; those who use a lake take turns by themselves."""
    return nullcontext() if lake_of(settings.warehouse_path(warehouse)) else polling(warehouse)


def asking(sources_file: str, source: str) -> AbstractContextManager[None]:
    """While no other backfill asks the host of a source, if it has one."""
    declared = settings.sources(Path(sources_file))
    every = (*declared.sources, *declared.archives)
    name = next((host(known) for known in every if known.id == source), None)
    return concurrency(name, lease_duration=LEASE) if name else nullcontext()


def laid_out(client: SyncPrefectClient, names: Iterable[str]) -> None:
    """Make those limits that are not there; what a person set them to stands."""
    known: set[str] = set()
    while page := client.read_global_concurrency_limits(limit=PAGE, offset=len(known)):
        known.update(limit.name for limit in page)
    for name in sorted({*names} - known):
        client.create_global_concurrency_limit(GlobalConcurrencyLimitCreate(name=name, limit=1))
