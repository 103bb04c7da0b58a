"""What lies in a folder of copy and is none: source code, pictures, sound, fonts, calendars.

It is named and dropped.  Only what cannot be copy is claimed: a file is code by statements on its
first lines that no newspaper prints, and a picture by the bytes that its standard puts first.
Other binary files are left to be rejected as such, for they may hold copy that nobody can read.

    code = { blank | comment } , ( telling | statement , { blank | comment } , statement ) ;
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wiredesk.errors import NotAStory, Rejected
from wiredesk.model import Capture, Item, Source

MAGIC = (
    ("picture", (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")),
    ("picture", (b"8BPS", b"\0\0\1\0\1\0", b"\xffO\xffQ")),
    ("audio", (b"ID3\2", b"ID3\3", b"ID3\4", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3")),
    ("video", (b"\x1aE\xdf\xa3", b"\0\0\1\xba", b"FLV\1")),
    ("font", (b"wOFF", b"wOF2", b"\0\1\0\0\0", b"OTTO\0")),
)
#: RIFF and ISO files say what they are a few bytes on
FOURS = {
    b"WEBP": "picture",
    b"WAVE": "audio",
    b"AVI ": "video",
    b"heic": "picture",
    b"avif": "picture",
}
COMMENT = re.compile(r"^\s*(?://|/\*|\*|#(?!!|include\b)|--|\"\"\"|'''|@)")
TELLING = re.compile(
    r"^(?:export (?:default |const |let |async |function |class |interface |type |enum |\{)"
    r"|import (?:type )?[\w*{][^'\"]*\bfrom ['\"][^'\"]+['\"];?\s*$|import ['\"][^'\"]+['\"];?\s*$"
    r"|#!/|<\?php|#include\s*[<\"]|['\"]use strict['\"];?\s*$"
    r"|(?:const|let|var) [\w{][^=]*= (?:await )?(?:require\(|\(|function\b|\{$|\[$|`)"
    r"|(?:describe|it|test)\(['\"`])"
)
STATEMENT = re.compile(
    r"^(?:package [\w.]+;?\s*$|import [\w.]+(?:\.[_*{]\S*|\s+as \w+)?(?:\.\{.*\})?;?\s*$"
    r"|import \w+(?:\.\w+)*\.\{[^}]*\}\s*$|from [\w.]+ import \S|using [\w.]+;\s*$"
    r"|(?:final |abstract |sealed |case |public |implicit )*(?:class|object|trait|interface) \w+.*"
    r"[{:(]\s*$|(?:async )?def \w+\s*\(|fn \w+\(|func \w+\(|function \w+\()"
)
CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", re.IGNORECASE)
# the columns that calendars export: `"Subject","Start Date","Start Time",…`
DIARY = re.compile(
    rb'(?:\xef\xbb\xbf)?"?[\w ]+"?[,;\t](?:[^\r\n]*[,;\t])?"?start[ _]?(?:date|time)"?[,;\t\r\n]',
    re.IGNORECASE,
)
LOOKED_AT = 40  #: lines


def sniff(head: bytes) -> bool:
    return _kind(head) is not None


def parse(capture: Capture, _source: Source) -> Iterator[Item | Rejected]:
    kind = _kind(capture.body[:16384]) or "source_code"
    yield NotAStory(kind, f"{len(capture.body)} bytes of {kind.replace('_', ' ')}")


def _kind(head: bytes) -> str | None:
    for kind, openings in MAGIC:
        if head.startswith(openings):
            return kind
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        return FOURS.get(head[8:12], "video" if head[4:8] == b"ftyp" else None)
    if CALENDAR.match(head) or DIARY.match(head):
        return "event"
    return "source_code" if _is_code(head) else None


def _is_code(head: bytes) -> bool:
    lines = head.decode("utf-8", "ignore").lstrip("\ufeff").splitlines()[:LOOKED_AT]
    said = [line for line in lines if line.strip() and not COMMENT.match(line)]
    if not said:
        return False
    if TELLING.match(said[0]):
        return True
    return len(said) > 1 and all(STATEMENT.match(line) or TELLING.match(line) for line in said[:2])
