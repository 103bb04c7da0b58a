"""ANPA 1312, the text format of American wires: a header of two lines, `^` lines, tabbed copy.

    message = SYN , SYN , SOH , service , number , [ US , selector ] , EOL ,
              priority , SP , category , SP , [ format ] , keyword , [ mm-dd , [ words ] ] , EOL ,
              STX , { line } , [ ETX , trailer ] , [ FF ] , EOT ;
    line    = "^" , text , ( "<" | "=" )             (* above the copy: headings; in it: heads *)
            | HT , text | BS , cell , { ( ";" | US ) , cell } | text ;
    trailer = service , "-" , mm-dd-yy , SP , hhmm , zone , "<"        (* AP-WF-11-13-13 1509GMT< *)
            | service , "-" , hh:mm-dd-mm-yy ;                          (* KWS-21:37-09-12-18 *)

The `^` lines come as keyword, headline, photos, note to editors, abstract, byline, title; any may
be missing.  A list of headlines has `^` lines only, and they are its copy.  `{` prints ½.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from wiredesk.agencies.dialects import Dialect, dialect_of
from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.messages import each_of
from wiredesk.formats.stamps import Stamps
from wiredesk.formats.times import HOURS, full_year
from wiredesk.model import Capture, Item, Link, Source, Subject

OPENS = re.compile(
    rb"\s*\x16*\x01[A-Za-z]{1,3}\d{3,5}(?:\x1f[^\r\n\x02]*)?\s*[\r\n]+[a-z] [a-z][\x10-\x14 ]"
)
HEADER = re.compile(
    r"\x01(?P<service>[A-Za-z]{1,3})(?P<number>\d{3,5})(?:\x1f(?P<selector>[^\n\x02]*))?\s*\n"
    r"(?P<priority>[a-z]) (?P<category>[a-z]) *(?P<format>[\x10-\x14]*) *(?P<keyword>[^\n\x02]*?)"
    r"(?: +(?P<day>\d\d-\d\d)(?: +(?P<words>\d{1,5}))?)?\s*\x02"
)
TRAILER = re.compile(
    r"(?P<service>[A-Z]{2,4})(?:-[A-Z]{1,3})?-(?:(?P<day>\d\d-\d\d-\d\d) "
    r"(?P<clock>\d{4})(?P<zone>[A-Z]{2,4})?|(?P<at>\d\d:\d\d)-(?P<on>\d\d-\d\d-\d\d))"
)
KEYWORD = re.compile(r"(?P<slug>.+?)(?:,\s*(?P<words>\d{1,5}))?$")
COUNTER = re.compile(r"^\*\d+$")  # `*9006<`, before the keyword of a list of headlines
CYCLE = re.compile(r"^(?:BC|AM|PM|AP)-")
PHOTOS = re.compile(r"^(?:AP )?Photos?\s+(?P<names>[A-Z]{1,4}\d[\w, ]*)$")
NOTE = re.compile(r"^(?:Eds|EDITORS?|Editors?)\b\s*[:.]")
BYLINE = re.compile(r"^By\s+\S", re.IGNORECASE)
# `Associated Press`, `AP Sports Writer`: what the one who signs is
OFFICE = re.compile(
    r"^(?:The )?(?:AP|Associated Press)\b|^For The\b|"
    r"\b(?:Writers?|Editors?|Correspondents?|Reporters?)$"
)
VERSION = re.compile(r",\s*(?P<version>[^,]+)$")
HEAD_BREAK = re.compile(r"<\s*(?=\^)")  # two `^` lines in one, where a counter stands
LONGEST_HEADLINE = 120  #: characters; a longer `^` line is the abstract
# US parts the columns of a table, RS is a thin space, DLE ties a name together
SIGNS = str.maketrans({"\x1f": "\t", "\x1e": " ", "\x10": "", "\x08": "", "{": "½"})
UNPRINTED = str.maketrans(dict.fromkeys("\x11\x12\x13\x14\x0c\x0e\x0f\x7f"))


def sniff(head: bytes) -> bool:
    return OPENS.match(head) is not None


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    given = [part for part in capture.body.split(b"\x04") if part.strip(b"\r\n \t\0\x16\x0c")]
    yield from each_of(given, lambda message, n: _item(message, capture, source, n))


@dataclass(slots=True)
class _Parts:
    """What the lines of one message are."""

    keyword: str | None = None
    headline: str | None = None
    note: str | None = None
    byline: str | None = None
    photos: list[str] = field(default_factory=list)
    abstract: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


def _item(message: bytes, capture: Capture, source: Source, n: int) -> Item:
    text, charset, issues = decode(message.replace(b"\x16", b""), capture.charset or "iso-8859-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    header = HEADER.search(text)
    if not header:
        whole = "\x02" in text or "\x03" in text
        code = "no_header" if whole else "truncated"
        raise Rejected(code, "a message without the two header lines of ANPA 1312")
    copy, end, trailer = text[header.end() :].partition("\x03")
    if not end:
        raise Rejected("truncated", "a message without its end (ETX)")
    parts = _parts(copy)
    if not (parts.headline or parts.body):
        raise Rejected("empty", "neither headline nor copy")
    keyword = KEYWORD.match(parts.keyword or header["keyword"].strip())
    slug = keyword["slug"].strip() if keyword else None
    version = VERSION.search(slug or "")
    stamp = TRAILER.search(trailer)
    dialect = dialect_of(stamp["service"] if stamp else None, header["selector"])
    stamps = Stamps(dialect.tz or source.tz)
    at = _stamped(stamp, stamps, dialect)
    name = f"{header['service']}{header['number']}"
    return Item(
        source=source.id,
        format="anpa1312",
        ordinal=n,
        id=f"{name}-{at:%Y%m%d}" if at else name,
        body="\n".join(parts.body),
        title=parts.headline or slug,
        byline=parts.byline,
        agency=source.agency or dialect.agency,
        language=source.language,
        slug=slug,
        version=version["version"] if version else None,
        published=at,
        ed_note=parts.note,
        priority=header["priority"],
        signal=_signal(version["version"]) if version else None,
        subjects=(Subject("a1312cat", header["category"]),),
        links=tuple(Link("picture", name) for name in parts.photos),
        dates=tuple(stamps.found),
        provenance=(
            ("id", "anpa1312 header"),
            ("headline", "anpa1312 ^ line"),
            ("body", f"anpa1312, {charset}"),
            *((("published", "anpa1312 trailer"),) if at else ()),
        ),
        issues=(*issues, *stamps.issues()),
    )


def _stamped(stamp: re.Match[str] | None, stamps: Stamps, dialect: Dialect) -> datetime | None:
    """The trailer's time.  The header's date has no year, and is nobody's time."""
    if not stamp:
        return None
    one, two, year = (stamp["day"] or stamp["on"]).split("-")
    day, month = (one, two) if dialect.day_first else (two, one)
    clock = stamp["at"] or f"{stamp['clock'][:2]}:{stamp['clock'][2:]}"
    zone = stamp["zone"] if stamp["zone"] in HOURS else ""
    return stamps.add("published", "ETX", f"{full_year(year)}-{month}-{day} {clock} {zone}")


def _parts(copy: str) -> _Parts:
    """Each `^` line above the copy to its part; what follows is copy, `^` lines in it heads."""
    parts = _Parts()
    lines = [line.translate(UNPRINTED).rstrip() for line in copy.split("\n")]
    begins = next((n for n, line in enumerate(lines) if line and line[0] != "^"), len(lines))
    heads = [head for line in lines[:begins] for head in HEAD_BREAK.split(line) if head]
    for head in heads:
        text = head.translate(SIGNS).strip("^ \t")
        closed, text = text.endswith(("<", "=")), text.rstrip("<= ")
        if text and not _placed(parts, text, closed):
            parts.body += ["", text, ""]
    for line in lines[begins:]:
        parts.body += _copy_lines(line)
    # an abstract is the lead once more; where there is no copy, it is all there is
    if not any(parts.body):
        parts.body = parts.abstract
    return parts


def _copy_lines(line: str) -> list[str]:
    if line.startswith("\x08"):  # a row of a table
        line = line.replace(";", "\t").replace("^", "")
    text = line.translate(SIGNS)
    if text.startswith("^"):
        return ["", text.strip("^<= \t"), ""]
    indent = "    " if text[:1] in {"\t", " "} else ""
    return [f"{indent}{text.strip().removesuffix('<').removesuffix('=')}".rstrip()]


def _placed(parts: _Parts, text: str, closed: bool) -> bool:
    """Whether a `^` line above the copy is one of its headings; else it opens the copy."""
    if COUNTER.match(text):
        return True
    if parts.keyword is None and parts.headline is None and closed:
        parts.keyword = text
    elif photos := PHOTOS.match(text):
        parts.photos += re.split(r",\s*", photos["names"])
    elif NOTE.match(text):
        parts.note = text
    elif BYLINE.match(text) and not parts.byline:
        parts.byline = text
    elif parts.byline and OFFICE.search(text):
        parts.byline = f"{parts.byline}, {text}"
    elif parts.headline is None and not parts.byline:
        parts.headline = text
    elif closed and len(text) > LONGEST_HEADLINE:
        parts.abstract.append(text)
    else:
        return False
    return True


def _signal(version: str) -> str | None:
    """`1st Ld-Writethru` is an update, `CORRECTION` and `KILL` are what they say."""
    word = version.upper()
    if "KILL" in word or "ELIMINATION" in word:
        return "withdrawal"
    if "CORRECT" in word:
        return "correction"
    return "update" if re.search(r"\b(?:LD|LEAD|ADD|WRITETHRU|SUB|INSERT)\b", word) else None
