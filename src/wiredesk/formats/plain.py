"""Plain text: one story a file, its id the file's stem.  Paragraphs are clean.py's business."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.model import Capture, Item, Source


def sniff(_head: bytes) -> bool:
    """Whatever nothing else claims is text, or `decode` will turn it away."""
    return True


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text, charset, issues = decode(capture.body, capture.charset)
    yield Item(
        source=source.id,
        format="text",
        ordinal=0,
        id=PurePosixPath(capture.locator).stem or None,
        body=text,
        agency=source.agency,
        language=source.language,
        provenance=(("id", "file name"), ("body", f"file, {charset}")),
        issues=issues,
    )
