"""SGML <DOC> records: Gigaword, AQUAINT and TREC, the archives of newswires that research keeps.

    document = { "<DOC" , [ id , type ] , ">" , { "<" , tag , ">" , text , "</" , tag , ">" } ,
               "</DOC>" } ;
    id       = wire , [ "_" , language ] , [ "_" ] , day , ( "." | "-" ) , n ;
    day      = yyyymmdd | yymmdd ;

Gigaword has the id as an attribute, TREC as DOCNO; what holds the headline, the date and the slug
differs by collection, so each has a list of tags.  Copy has <P>, or lines of which an indented one
begins a paragraph.  The dateline was cut out of it.  SGML: entities in capitals, no root.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from wiredesk.agencies import agency_named
from wiredesk.errors import Rejected
from wiredesk.formats.decoding import decode
from wiredesk.formats.stamps import Stamps
from wiredesk.model import Capture, Item, Source

RECORD = re.compile(r"<DOC\b([^>]*)>(.*?)</DOC>", re.DOTALL)
OPENS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<DOC(?:\s[^>]*)?>")
OPEN = re.compile(r"<DOC\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(id|type)="([^"]*)"')
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
PARAGRAPH = re.compile(r"<P\b[^>]*>(.*?)(?=</?P\b|\Z)", re.DOTALL | re.IGNORECASE)
ENTITY = re.compile(r"&(?:AMP|LT|GT|QUOT);")
ID = re.compile(
    r"(?P<wire>[A-Z]{2,5}?)_?(?:(?P<language>[A-Z]{3})_)?(?P<day>(?:19|20)\d{6}|\d{6})[.-]\d+"
)
#: wires as ids begin, → agency
WIRES = {"AFP": "AFP", "APW": "AP", "AP": "AP", "XIN": "Xinhua", "XIE": "Xinhua", "CNA": "CNA",
         "REU": "Reuters", "REUTE": "Reuters"}  # fmt: skip
LANGUAGES = {"ENG": "en", "FRE": "fr", "SPA": "es", "ARB": "ar", "CMN": "zh"}
HEADLINES = ("HEADLINE", "HEAD", "HL")
DATES = ("DATE_TIME", "DATETIME", "DATE", "DD")
SLUGS = ("SLUG", "SECOND", "SLUGLINE")
#: types of Gigaword and AQUAINT that are one story; the others say what they are instead
PLAIN = frozenset(("story", "news", "news story", "newswire"))


def sniff(head: bytes) -> bool:
    return bool(OPENS.match(head)) and any(tag in head for tag in (b"<TEXT", b"<DOCNO", b'type="'))


def parse(capture: Capture, source: Source) -> Iterator[Item | Rejected]:
    text, _, _ = decode(capture.body, capture.charset)
    end, n = 0, 0
    for at, record in enumerate(RECORD.finditer(text), 1):
        end = record.end()
        item = _item(dict(ATTRIBUTE.findall(record[1])), record[2], source, n)
        if item.title or item.body.strip():
            yield item
            n += 1
        else:
            yield Rejected("empty", "a record with neither headline nor text", f"record {at}")
    if OPEN.search(text, end):
        yield Rejected("truncated", "the last <DOC> record has no end")


def _item(attributes: dict[str, str], record: str, source: Source, n: int) -> Item:
    id_ = attributes.get("id") or _first(record, "DOCNO", "DOCID")
    named = ID.match(id_ or "")
    kind = (attributes.get("type") or _first(record, "DOCTYPE") or "").casefold()
    stamps = Stamps(source.tz)
    date = _first(record, *DATES)
    published = stamps.add("published", "date", _dated(date)) if date else None
    if not published and named:
        published = stamps.add("published", "id", _day(named["day"]))
    wire = agency_named(WIRES.get(named["wire"], "")) if named else None
    language = LANGUAGES.get(named["language"] or "") if named else None
    slug = _first(record, *SLUGS)
    return Item(
        source=source.id,
        format="doc-records",
        ordinal=n,
        id=id_,
        body=_copy(record),
        title=_first(record, *HEADLINES),
        # TREC's AP: the name in one, `Associated Press Writer` in the next
        byline=", ".join(_all(record, "BYLINE")) or None,
        dateline=_first(record, "DATELINE"),
        agency=source.agency or (wire.key if wire else None),
        language=language or source.language,
        slug=slug.partition(",")[0] if slug else None,
        published=published,
        genre=kind if kind and kind not in PLAIN else None,
        dates=tuple(stamps.found),
        provenance=(("id", "DOC id or DOCNO"), ("headline", "HEADLINE"), ("body", "TEXT")),
        issues=stamps.issues(),
    )


def _copy(record: str) -> str:
    """The text of a record; one line a paragraph where paragraphs are marked."""
    parts = []
    for whole in _inside(record, "TEXT"):
        marked = [" ".join(_plain(found[1]).split()) for found in PARAGRAPH.finditer(whole)]
        parts.append("\n\n".join(filter(None, marked)) if marked else _plain(whole).strip("\n"))
    return "\n\n".join(parts)


def _inside(record: str, tag: str) -> Iterator[str]:
    yield from re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", record, re.DOTALL)


def _all(record: str, tag: str) -> list[str]:
    said = (" ".join(_plain(found).split()) for found in _inside(record, tag))
    return [text for text in said if text]


def _first(record: str, *tags: str) -> str | None:
    return next((text for tag in tags for text in _all(record, tag)), None)


def _plain(text: str) -> str:
    lowered = ENTITY.sub(lambda entity: entity[0].lower(), TAG.sub("", text))
    return html.unescape(lowered)


def _dated(date: str) -> str:
    """A date as printed, but TREC's `910514` and `03/24/87`, whose century is the last."""
    if re.fullmatch(r"\d{6}", date):
        return _day(date)
    american = re.fullmatch(r"(\d\d)/(\d\d)/(\d\d)", date)
    return f"19{american[3]}-{american[1]}-{american[2]}" if american else date


def _day(digits: str) -> str:
    if len(digits) == 6:
        digits = f"19{digits}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
