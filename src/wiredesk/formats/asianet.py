"""AsiaNet: press releases of many houses, sent as text under three lines of heading.

release = "Source:" , company , EOL , "MEDIA RELEASE " , "PR" , digits , EOL ,
          headline , EOL , { headline , EOL } , blank line , body ;
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.model import Capture, Item, Source

OPENS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*Source:[^\r\n]*\r?\n\s*MEDIA RELEASE[ \t]+[A-Z]{1,3}\d", re.IGNORECASE
)
HEADING = re.compile(
    r"\s*Source:[ \t]*[^\n]*\n\s*MEDIA RELEASE[ \t]+(?P<id>[A-Z]{1,3}\d+)[ \t]*\n\s*"
    r"(?P<headline>\S[^\n]*(?:\n[ \t]*\S[^\n]*)*)\n[ \t]*(?:\n|$)",
    re.IGNORECASE,
)


def sniff(head: bytes) -> bool:
    return OPENS.match(head) is not None


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text, charset, issues = decode(capture.body, capture.charset)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    heading = HEADING.match(text)
    if not heading:
        raise Rejected("no_header", "a release without Source, MEDIA RELEASE and headline")
    yield Item(
        source=source.id,
        format="asianet",
        ordinal=0,
        id=heading["id"],
        body=text[heading.end() :].strip("\n"),
        title=" ".join(heading["headline"].split()),
        agency=source.agency,
        language=source.language,
        genre="press_release",
        provenance=(
            ("id", "asianet MEDIA RELEASE"),
            ("headline", "asianet heading"),
            ("body", f"asianet, {charset}"),
        ),
        issues=issues,
    )
