"""Bytes to Items: one file a format, no knowledge of agencies.

To add a format: write `formats/yours.py` with `sniff` and `parse`, add a line to FORMATS, and put
a golden case under tests/golden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from wiredesk.batch import Batch, Reject, gather
from wiredesk.errors import Rejected, UserError
from wiredesk.formats import (
    anpa1312,
    apple_news,
    asianet,
    digitalwires,
    doc_records,
    feed,
    iptc7901,
    json_other,
    jsonl,
    mail,
    newsml12,
    newsml_g2,
    ninjs,
    nitf,
    not_copy,
    page,
    plain,
    r21578,
    race_results,
    wordpress,
    xml_other,
    xml_records,
    zczc,
)
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
    "newsml-g2": Format(
        "XML with the root newsMessage, newsItem or another item of NewsML-G2",
        newsml_g2.sniff,
        newsml_g2.parse,
    ),
    "newsml-1": Format("XML with the root NewsML: 1.0 to 1.2", newsml12.sniff, newsml12.parse),
    "nitf": Format("XML with the root nitf", nitf.sniff, nitf.parse),
    "xml-record": Format(
        "XML of a sender's own: RBNews, release, Publish, Publication",
        xml_records.sniff,
        xml_records.parse,
    ),
    "wordpress": Format("WordPress's export, RSS that says so", wordpress.sniff, wordpress.parse),
    "feed": Format("RSS 2.0, RDF, Atom or JSON Feed, by its root", feed.sniff, feed.parse),
    "not-copy": Format("code, pictures, sound, calendars: dropped", not_copy.sniff, not_copy.parse),
    "reuters21578": Format("SGML with <REUTERS> records", r21578.sniff, r21578.parse),
    "doc-records": Format(
        "SGML with <DOC> records: Gigaword, AQUAINT, TREC", doc_records.sniff, doc_records.parse
    ),
    "iptc7901": Format(
        "a header such as `eca062 4 i 211`, after SOH or at the start",
        iptc7901.sniff,
        iptc7901.parse,
    ),
    "anpa1312": Format("SYN SYN SOH and two header lines", anpa1312.sniff, anpa1312.parse),
    "zczc": Format("a first line that opens with ZCZC", zczc.sniff, zczc.parse),
    "race-results": Format(
        "SOH and a meeting with its fields parted by US", race_results.sniff, race_results.parse
    ),
    "asianet": Format(
        "a release under `Source:` and `MEDIA RELEASE`", asianet.sniff, asianet.parse
    ),
    "mail": Format("a message or mailbox, by three headers of mail", mail.sniff, mail.parse),
    "digitalwires": Format(
        "JSON that says `format: digitalwires@`, dpa's own", digitalwires.sniff, digitalwires.parse
    ),
    "ninjs": Format(
        "JSON with a field of ninjs: versioncreated, pubstatus, bodies …", ninjs.sniff, ninjs.parse
    ),
    "apple-news": Format(
        "JSON with the styles of Apple's components", apple_news.sniff, apple_news.parse
    ),
    "page": Format("an HTML page, by <!doctype html> or <html>", page.sniff, page.parse),
    "xml": Format("any other XML: named and dropped", xml_other.sniff, xml_other.parse),
    "jsonl": Format("an object a line with text or html", jsonl.sniff, jsonl.parse),
    "json": Format("any other JSON: named and dropped", json_other.sniff, json_other.parse),
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
    name = source.format or _made(capture) or guess(capture.body)
    if name != "jsonl":
        yield Part(capture, name)
        return
    for first, body in jsonl.split(capture.body, lines):
        yield Part(replace(capture, body=body), name, first)


def _made(capture: Capture) -> str | None:
    """The format of a capture that was made here, from the rows of a table."""
    ours = capture.media_type == jsonl.MEDIA_TYPE and capture.status is None
    return "jsonl" if ours else None


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
