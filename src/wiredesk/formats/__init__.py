"""Bytes to Items: one file a format, no knowledge of agencies.

To add a format: write `formats/yours.py` with `sniff` and `parse`, add a line to FORMATS, and put
a golden case under tests/golden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from wiredesk.batch import Batch, Reject, gather
from wiredesk.errors import Rejected, UserError
from wiredesk.formats import feed, jsonl, page, plain, r21578
from wiredesk.model import Capture, Item, Source

Parse = Callable[[Capture, Source], Iterator[Item | Rejected]]
SNIFFED = 16384  #: bytes that a sniffer sees


@dataclass(frozen=True, slots=True)
class Format:
    """How one format is recognised and read, in a line for people and two functions."""

    about: str
    sniff: Callable[[bytes], bool]
    parse: Parse


#: In the order in which content is tried; text claims what nothing else does.
FORMATS: dict[str, Format] = {
    "feed": Format("RSS 2.0, RDF, Atom or JSON Feed, by its root", feed.sniff, feed.parse),
    "reuters21578": Format("SGML with <REUTERS> records", r21578.sniff, r21578.parse),
    "page": Format("an HTML page, by <!doctype html> or <html>", page.sniff, page.parse),
    "jsonl": Format("an object a line with text or html", jsonl.sniff, jsonl.parse),
    "text": Format("plain text, one story a file", plain.sniff, plain.parse),
}


def guess(body: bytes) -> str:
    """The name of the format that claims the head of `body`."""
    head = body[:SNIFFED]
    return next(name for name, known in FORMATS.items() if known.sniff(head))


def named(name: str | None) -> str | None:
    """`name` if it is a format, None if it is None; a user error otherwise."""
    if name is not None and name not in FORMATS:
        raise UserError(f"unknown format {name!r}; one of: {', '.join(FORMATS)}")
    return name


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a capture that can be parsed by itself: all of it, or some lines of JSON Lines."""

    capture: Capture
    format: str
    first: int = 0  #: number of the first line, from 0


def parts(capture: Capture, source: Source, lines: int = 500) -> Iterator[Part]:
    """Cut a capture into pieces of about `lines` stories, for batches and for worker processes."""
    name = source.format or guess(capture.body)
    if name != "jsonl":
        yield Part(capture, name)
        return
    for first, body in jsonl.split(capture.body, lines):
        yield Part(replace(capture, body=body), name, first)


def parse(part: Part, source: Source) -> Batch[Item]:
    """The items of a part, and a reject for each candidate that could not be read."""
    found = (
        jsonl.parse(part.capture, source, part.first)
        if part.format == "jsonl"
        else FORMATS[part.format].parse(part.capture, source)
    )
    locator = part.capture.locator
    batch = gather("parse", locator, found, lambda item: item.ordinal)
    # a feed may well have no entries today
    if not (batch.passed or batch.rejects or part.first or part.format == "feed"):
        return Batch(rejects=(Reject("parse", locator, "no_items", "nothing in it to read"),))
    return batch
