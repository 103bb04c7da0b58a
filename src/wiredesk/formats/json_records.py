"""The records of a JSON capture, each read by itself: what one lacks costs that one alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from wiredesk.errors import Rejected
from wiredesk.formats import json_other
from wiredesk.formats.json_opening import Document, documents
from wiredesk.model import Capture, Item, Json


def each_record(
    capture: Capture,
    records_in: Callable[[object], Sequence[Json]],
    read: Callable[[Json, Document, int], Item],
) -> Iterator[Item | Rejected]:
    """What `read` makes of each record and its ordinal; a document without any is named."""
    n = 0
    for document in documents(capture):
        if isinstance(document, Rejected):
            yield document
            continue
        found = records_in(document.value)
        if not found:
            yield json_other.judged(document)
        for at, record in enumerate(found, 1):
            try:
                yield read(record, document, n)
                n += 1
            except Rejected as no:
                yield no.at(document.where or (f"item {at}" if len(found) > 1 else None))
