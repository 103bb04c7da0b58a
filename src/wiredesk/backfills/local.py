"""What lies on this machine: dumps, WARC files and files of other formats, told by their content.

The items of a file are judged by their own time, and where they bear none by the day in its name or
when it was last written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from glob import glob, has_magic
from pathlib import Path

from wiredesk import formats
from wiredesk.backfills import dumps, packets, warcs
from wiredesk.backfills.manifest import Input, Partition, Plan, Window
from wiredesk.backfills.unpacking import fingerprint, head
from wiredesk.batch import Reject
from wiredesk.errors import UserError
from wiredesk.fetch import files
from wiredesk.fetch.packed import SUFFIXES
from wiredesk.model import Capture, Source

KINDS = frozenset(("folder", "spool", "archive"))
FILES = 500  #: of a partition
STORIES = 1000  #: of a partition of files
BYTES = 16 << 20  # of the files of a partition
ENTRY = re.compile(rb"<(?:item|entry|REUTERS)[\s>]")  #: in formats with several stories a file
DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def plan(source: Source, window: Window, now: datetime) -> Plan:
    """How the files of a source divide.  Raises UserError where there are none."""
    found: list[Partition] = []
    inputs: list[Input] = []
    other: list[tuple[str, int, int]] = []  #: path, bytes, stories
    for path in map(str, _paths(source)):
        if head(path, len(warcs.MAGIC)) == warcs.MAGIC:
            stretches, made_from = warcs.plan(path, window)
        elif (source.format or formats.guess(head(path, formats.SNIFFED))) == "jsonl":
            stretches, made_from = dumps.plan(path, source, window, now)
        elif packets.several(path, source):
            stretches, made_from = packets.plan(path, source, now)
        else:
            stretches, made_from = [], Input(path, *fingerprint(path))
            other.append((path, made_from.bytes, _stories(path)))
        found += stretches
        inputs.append(made_from)
    return Plan((*found, *_grouped(other)), tuple(inputs))


def unchanged(planned: Sequence[Input], since: datetime) -> None:
    """Raises UserError where a file is no longer what was planned over."""
    for file in planned:
        path = Path(file.path)
        if not path.is_file():
            raise UserError(f"{file.path} is gone: put it back, or plan again with --anew")
        said = path.stat()
        same = said.st_size == file.bytes
        # written since, or by a clock that cannot be trusted: its bytes tell
        if same and said.st_mtime >= since.timestamp() - 1:
            same = fingerprint(file.path) == (file.bytes, file.sha256)
        if not same:
            raise UserError(
                f"{file.path} has changed since this backfill was planned ({file.bytes:,} bytes "
                f"then, {said.st_size:,} now): put it back, or plan again with --anew"
            )


def arrivals(
    partition: Partition, source: Source, window: Window, at: datetime
) -> Iterator[Capture | Reject]:
    """The payloads of a partition; those of files count as received `at`."""
    if partition.kind == "lines":
        yield from dumps.arrivals(partition, source, window, at)
    elif partition.kind == "records":
        yield from warcs.arrivals(partition, source, window)
    elif partition.skips:
        yield from packets.arrivals(partition, source, at)
    else:
        yield from files.captures(partition.places, source.id, at)


def filed(locator: str) -> datetime | None:
    """The time of a payload: the day in its name or in that of its file, else when that was last
    written."""
    file = files.file_of(locator)
    for name in (Path(locator).name, Path(file).name):
        if named := DAY.search(name):
            try:
                return datetime(*(int(part) for part in named.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]
            except ValueError:
                pass  # 31 February
    for path in (Path(file), *(Path(f"{file}{suffix}") for suffix in SUFFIXES)):
        if path.exists():
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return None


def _paths(source: Source) -> list[Path]:
    root = Path(source.url)
    if source.kind == "archive" and has_magic(source.url):
        names = glob(source.url, recursive=True)  # noqa: PTH207 - the url is the whole pattern
        found = sorted(map(Path, names))
        found = [path for path in found if path.is_file()]
    elif root.is_dir():
        found = files.lying(source)
    else:
        found = [root] if root.is_file() else []
    if not found:
        raise UserError(f"{source.url} has no file to read: look at the url of source {source.id}")
    return found


def _stories(path: str) -> int:
    """A guess at the number of stories in a file."""
    return max(1, len(ENTRY.findall(head(path, BYTES))))


def _grouped(others: Sequence[tuple[str, int, int]]) -> Iterator[Partition]:
    """Files by the partition; a large one has one of its own."""
    group: list[tuple[str, int, int]] = []
    for file in others:
        size, stories = sum(f[1] for f in group) + file[1], sum(f[2] for f in group) + file[2]
        if group and (len(group) == FILES or size > BYTES or stories > STORIES):
            yield _of(group)
            group = []
        group.append(file)
    if group:
        yield _of(group)


def _of(group: Sequence[tuple[str, int, int]]) -> Partition:
    size, stories = sum(f[1] for f in group), sum(f[2] for f in group)
    return Partition("files", tuple(f[0] for f in group), bytes=size, stories=stories)
