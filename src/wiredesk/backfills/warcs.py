"""WARC files cut into stretches of pages."""

from __future__ import annotations

from collections.abc import Iterator

from wiredesk.backfills.manifest import Input, Partition, Window
from wiredesk.backfills.unpacking import fingerprint
from wiredesk.batch import Reject
from wiredesk.errors import Rejected, UserError
from wiredesk.fetch.crawled import MAGIC, answer, page, records, sent
from wiredesk.model import Capture, Source

__all__ = ("MAGIC", "arrivals", "plan")

PAGES = 250  #: of a partition; a page takes four times as long as copy
STRETCH = 16 << 20  # bytes of a partition, as it lies in the file


def plan(path: str, window: Window) -> tuple[list[Partition], Input]:
    """The stretches of a file that may have pages of the window: none was sent before it began."""
    found: list[Partition] = []
    pages = start = end = 0
    harmed = False  # a reader of this stretch comes upon the damage again, and says so
    for record in records(path, 0, None):
        begun = pages or harmed
        if isinstance(record, Rejected):
            start, harmed = start if begun else end, True
            last = record
            continue
        if sent(record) >= window.start and answer(record):
            start = start if begun else record.offset
            pages += 1
        end = record.end
        if pages and (pages >= PAGES or end - start >= STRETCH):
            found.append(Partition("records", (path,), start, 0, end - start, pages))
            pages, harmed = 0, False
    size, digest = fingerprint(path)
    if harmed and not end:
        raise UserError(f"{path} has no WARC record that can be read: {last.detail}, {last.where}")
    if pages or harmed:
        found.append(Partition("records", (path,), start, 0, size - start, pages))
    return found, Input(path, size, digest)


def arrivals(partition: Partition, source: Source, window: Window) -> Iterator[Capture | Reject]:
    """The pages of a stretch, each as it was sent then."""
    (path,) = partition.places
    end = partition.opens_at + partition.bytes
    for record in records(path, partition.opens_at, end):
        if isinstance(record, Rejected):
            yield Reject("fetch", path, record.code, record.detail, record.where)
        elif sent(record) >= window.start and (head := answer(record)):
            try:
                yield page(record, head, source.id)
            except Rejected as no:
                where = record.fields.get("warc-target-uri", path)
                yield Reject("fetch", where, no.code, no.detail, f"byte {record.offset}")
