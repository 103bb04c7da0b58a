"""Results of a race meeting, as AAP's racing desk sends them: one header, then text.

message = SOH , meeting , { US , field } , EOL , { blank line } , body ;
field   = race | flag | region | weekday ;                (* CANTERBURY^_1-1^_Y^_N^_NSW^_… *)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from wiredesk.agencies.dialects import dialect_of
from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.model import Capture, Item, Source, Subject

OPENS = re.compile(rb"\x01[^\x00-\x1f]{2,80}(?:\x1f[^\x00-\x1f]{1,40}){3,9}\r?\n")
SIGN_OFF = re.compile(r"^\s*(?P<agency>[A-Z]{2,5}) RESULTS\s*$", re.MULTILINE)
FLAGS = frozenset("YN")


def sniff(head: bytes) -> bool:
    return OPENS.match(head) is not None


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text, charset, issues = decode(capture.body, capture.charset)
    head, _, body = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    meeting, *fields = head.lstrip("\x01").split("\x1f")
    said = [field.strip() for field in fields if field.strip() and field.strip() not in FLAGS]
    if not said:
        raise Rejected("no_header", "results without the header of a meeting")
    signed = SIGN_OFF.search(body)
    yield Item(
        source=source.id,
        format="race-results",
        ordinal=0,
        id=PurePosixPath(capture.locator).stem or None,
        body=body.strip("\n"),
        title=" ".join([meeting.strip(), *said]),
        agency=source.agency or dialect_of(signed["agency"] if signed else None).agency,
        language=source.language,
        slug=meeting.strip(),
        subjects=tuple(Subject("region", field) for field in said if field.isupper()),
        provenance=(("headline", "race-results header"), ("body", f"race-results, {charset}")),
        issues=issues,
    )
