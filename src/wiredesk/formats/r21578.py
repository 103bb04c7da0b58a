"""Reuters-21578: the 1987 collection's SGML, about a thousand stories a file.

It is Latin-1, declares no charset, and is SGML only by name: `&#5;` and `&lt;` are its entities.
DATE has no zone and 334 carry tails; TYPE="BRIEF" has a title only, TYPE="UNPROC" text only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from wiredesk.errors import Rejected
from wiredesk.formats.times import instant
from wiredesk.model import Capture, Item, Source, Subject

RECORD = re.compile(r"<REUTERS\b([^>]*)>(.*?)</REUTERS>", re.DOTALL)
OPEN = re.compile(r"<REUTERS\b")
NEWID = re.compile(r'NEWID="(\d+)"')
FIELD = {
    tag: re.compile(rf"<{tag}\b[^>]*>(.*?)</{tag}>", re.DOTALL)
    for tag in ("DATE", "TITLE", "AUTHOR", "DATELINE", "BODY", "TEXT")
}
LISTS = {
    tag: re.compile(rf"<{tag}>(.*?)</{tag}>", re.DOTALL) for tag in ("TOPICS", "PLACES", "PEOPLE")
}
ENTRY = re.compile(r"<D>(.*?)</D>")
BRIEF = re.compile(r'<TEXT TYPE="BRIEF"')
TAG = re.compile(r"</?[A-Z]+[^>]*>")


def sniff(head: bytes) -> bool:
    return b"<REUTERS " in head or b"<!DOCTYPE lewis" in head


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text = capture.body.decode("latin-1")
    end = 0
    n = -1
    for n, record in enumerate(RECORD.finditer(text)):
        end = record.end()
        yield _item(record[1], record[2], source, n)
    if OPEN.search(text, end):
        yield Rejected("truncated", "the last <REUTERS> record has no end", f"record {n + 2}")


def _item(attributes: str, record: str, source: Source, n: int) -> Item:
    newid = NEWID.search(attributes)
    dateline, body = _field(record, "DATELINE"), _field(record, "BODY")
    if body is None and BRIEF.search(record):  # a headline; its text is a row of stars, or filler
        body = ""
    if body is None:  # UNPROC keeps what it has in TEXT itself
        loose = FIELD["TEXT"].search(record)
        kept = re.sub(r"<TITLE\b.*?</TITLE>", "", loose[1], flags=re.DOTALL) if loose else ""
        body = html.unescape(TAG.sub("", kept)).strip("\n")
    # The DATELINE tag was cut out of the copy; put back, one grammar reads it here as elsewhere.
    copy = f"{dateline.strip()} {body.lstrip()}" if dateline else body
    return Item(
        source=source.id,
        format="reuters21578",
        ordinal=n,
        id=newid[1] if newid else None,
        body=copy.replace("\x03", "").replace("\x05", ""),
        title=_field(record, "TITLE"),
        byline=(_field(record, "AUTHOR") or "").strip() or None,
        agency=source.agency or "reuters1987",
        language="en",
        published=instant(_field(record, "DATE"), source.tz),
        subjects=tuple(
            Subject(f"reuters21578:{tag.lower()}", code)
            for tag, pattern in LISTS.items()
            for found in pattern.findall(record)
            for code in ENTRY.findall(found)
        ),
        provenance=(("id", "NEWID"), ("published", "DATE"), ("headline", "TITLE")),
    )


def _field(record: str, tag: str) -> str | None:
    found = FIELD[tag].search(record)
    return html.unescape(found[1]) if found else None
