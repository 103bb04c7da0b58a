"""Partitions of files, each read whole by one worker, which sees the files under the same paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from wiredesk.afar.cluster import Elsewhere
from wiredesk.backfills.manifest import Partition, Window
from wiredesk.backfills.reading import Reading, read_ahead, read_partition
from wiredesk.model import Source
from wiredesk.parallel import Workers, cores


@dataclass(frozen=True, slots=True)
class _Task:
    partition: Partition
    sizes: tuple[int | None, ...]  #: of its files


def read_afar(
    source: Source,
    partitions: Iterable[Partition],
    window: Window,
    at: datetime,
    workers: Workers,
) -> Iterator[Reading]:
    """Partitions in order; what none of the workers survives is read by processes of our own."""

    def salvage(task: _Task) -> Iterator[Reading]:
        with Workers(max(2, cores())) as ours:  # with one it would be read in this process
            yield from read_ahead(source, [task.partition], window, at, ours)

    tasks = (_Task(p, tuple(map(_size, p.places))) for p in partitions)
    return workers.in_order(partial(_read, source, window, at), tasks, salvage)


def _read(source: Source, window: Window, at: datetime, task: _Task) -> Reading:
    for path, size in zip(task.partition.places, task.sizes, strict=True):
        if size is None or _size(path) != size:
            raise Elsewhere(path)
    return read_partition(source, task.partition, window, at)


def _size(path: str) -> int | None:
    found = Path(path)
    return found.stat().st_size if found.is_file() else None
