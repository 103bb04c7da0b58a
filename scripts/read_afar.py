"""Read a dump and saved pages on a Dask cluster of this machine, with one worker and with two.

python -m scripts.read_afar --copy dump.jsonl.gz --pages saved_pages/ --rounds 5

Prints medians: stories a second by the clock, and for each second that a worker's processor was at
it, which other work on the machine moves less.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from wiredesk.afar.cluster import LOCAL, Cluster
from wiredesk.afar.files import read_afar
from wiredesk.backfills import local
from wiredesk.backfills.manifest import Window
from wiredesk.model import Source

AT = datetime(2026, 1, 1, tzinfo=UTC)
EVER = Window(date(1900, 1, 1), date(2100, 1, 1))
#: partitions that are read first and not counted: a new worker has its modules and places to load
WARM = 2


@dataclass(frozen=True, slots=True)
class Rate:
    """Stories of one round."""

    seconds: float  #: by the clock
    busy: float  #: of processors, in all workers together
    stories: int

    @property
    def a_second(self) -> float:
        return self.stories / self.seconds

    @property
    def a_core(self) -> float:
        return self.stories / self.busy


def rounds(source: Source, workers: int, count: int) -> list[Rate]:
    """Read all of a source, so many times."""
    partitions = local.plan(source, EVER, AT).partitions
    found = []
    with Cluster(LOCAL, workers) as cluster:
        for _ in range(workers):
            list(read_afar(source, partitions[: WARM * workers], EVER, AT, cluster))
        for _ in range(count):
            busy, began = _busy(cluster), time.perf_counter()
            stories = sum(
                len(done.rows.candidates)
                for reading in read_afar(source, partitions, EVER, AT, cluster)
                for done in reading.done
            )
            seconds = time.perf_counter() - began
            found.append(Rate(seconds, _busy(cluster) - busy, stories))
    return found


def _busy(cluster: Any) -> float:
    return sum(cluster.everywhere(time.process_time).values())


def warc_of(pages: Path, count: int, folder: Path) -> Source:
    """A WARC file of saved pages, over and over, no two of them of the same bytes."""
    found = [path for path in sorted(pages.iterdir()) if ".html" in path.suffixes]
    bodies = [
        gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in found
    ]
    path = folder / "pages.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for n, body in enumerate(islice(cycle(bodies), count)):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://news{n % len(bodies)}.example/{n}",
                "response",
                payload=BytesIO(body + b"<!-- %d -->" % n),
                http_headers=head,
            )
            writer.write_record(record)
    return Source("pages", "archive", str(path))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--copy", required=True, help="JSON Lines")
    arguments.add_argument("--pages", type=Path, help="a folder of .html and .html.gz")
    arguments.add_argument("--count", type=int, default=3000, help="pages")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sources = [Source("copy", "archive", given.copy)]
        if given.pages:
            sources.append(warc_of(given.pages, given.count, Path(folder)))
        for source in sources:
            alone, both = (rounds(source, workers, given.rounds) for workers in (1, 2))
            one, two = (median(rate.a_second for rate in some) for some in (alone, both))
            core = median(rate.a_core for rate in (*alone, *both))
            print(f"{source.id}: {alone[0].stories:,} stories, {core:,.0f} for a second of a core")
            print(f"one worker {one:,.0f}/s, two {two:,.0f}/s: {two / one:.2f} times as many")
    return 0


if __name__ == "__main__":
    sys.exit(main())
