"""JSON that is no story, named: a schema, settings, events, pictures, a listing.

It turns up in folders of wire copy: the answers of picture archives, calendars, the tables and
settings of the systems around them.  Which it is shows in the names of its fields, a few levels
deep; what deeper fields are called says nothing of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from wiredesk.errors import NotAStory, Rejected
from wiredesk.formats.json_fields import folded
from wiredesk.formats.json_opening import Document, documents
from wiredesk.model import Capture, Item, Source

SCHEMA = frozenset(("properties", "defs", "$defs", "definitions", "allof", "anyof", "oneof"))
EVENT = frozenset(
    "startdate expectedstartdate dtstart eventdetails eventid occurstatus hometeam awayteam "
    "eventconfirmed planningschedule".split()
)
PICTURE = frozenset("imageid nrimages photographer medianumber captionshort orientationmd5".split())
DEEP = 5
MOST = 5000  #: values looked at


def sniff(head: bytes) -> bool:
    """Whatever opens as JSON and no format before has claimed."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"{":
        return start[1:].lstrip()[:1] in (b'"', b"}")
    return start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]")


def parse(capture: Capture, _source: Source) -> Iterator[Item | Rejected]:
    for document in documents(capture):
        yield document if isinstance(document, Rejected) else judged(document)


def judged(document: Document) -> Rejected:
    """What a JSON value is, as the reason for which it is dropped."""
    listed = list(dict.fromkeys(_names(document.value)))
    names, said = set(listed), ", ".join(name[:30] for name in listed[:6])
    top = folded(document.value) if isinstance(document.value, dict) else {}
    if top and SCHEMA & top.keys() and ("$schema" in top or "type" in top):
        return NotAStory("schema", "a JSON schema", document.where)
    for code, telling in (("event", EVENT), ("picture", PICTURE)):
        if telling & names:
            told = ", ".join(sorted(telling & names))
            return NotAStory(code, f"JSON with the fields of {code}s: {told}", document.where)
    if isinstance(document.value, list) or any(isinstance(each, list) for each in top.values()):
        return NotAStory("listing", f"JSON that lists {said}", document.where)
    if top:
        return NotAStory("settings", f"JSON that sets {said}", document.where)
    return Rejected("json_not_object", "JSON without an object in it", document.where)


def _names(value: object) -> Iterator[str]:
    """The names of fields, from the outside in."""
    level: list[object] = [value]
    for _ in range(DEEP):
        inner: list[object] = []
        for each in level[:MOST]:
            if isinstance(each, dict):
                record = folded(each)
                yield from record
                inner += record.values()
            elif isinstance(each, list):
                inner += each
        level = inner
